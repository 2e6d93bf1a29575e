// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi;

import io.osmo.backend.resource.ResourceId;

/**
 * Which one of all clusters that have had the name of the backend is meant; an inventory with a cluster has one as an attachment. A plan
 * that was made for one cluster is refused for another: a plan to destroy that is applied twice must not destroy a backend that was made
 * again in between.
 *
 * @param cluster the resource
 * @param id what the cloud gives to no other cluster, such as a unique ID or the time of creation
 */
public record Incarnation(ResourceId cluster, String id) {}
