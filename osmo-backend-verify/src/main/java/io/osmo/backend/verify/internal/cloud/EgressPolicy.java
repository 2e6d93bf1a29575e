// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

/**
 * A kind of policy in a service's own API that limits the egress of pods.
 *
 * @param version the version to read where the API server prefers none
 * @param namespaced whether its objects belong to a namespace; otherwise they are about the whole cluster
 */
public record EgressPolicy(String group, String version, String resource, boolean namespaced) {}
