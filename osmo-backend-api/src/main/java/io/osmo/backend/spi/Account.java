// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

/**
 * In which account an inventory was read; an attachment of each. Together with provider, region and name it is the identity of a
 * backend: a plan for one account is refused in another.
 *
 * @param id AWS account, Google Cloud project or Azure subscription; of any other cluster, the UID of its {@code kube-system}
 */
public record Account(String id) {}
