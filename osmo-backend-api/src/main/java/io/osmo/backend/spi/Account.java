// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

/**
 * The account that an inventory was read from; every inventory has one as an attachment. Provider, account, region and name identify a
 * backend: a plan that was made for one account is refused in another.
 *
 * @param id AWS account ID, Google Cloud project ID or Azure subscription ID; for any other cluster the UID of its namespace {@code
 *     kube-system}
 */
public record Account(String id) {}
