// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster;

import java.util.List;
import java.util.Map;

/**
 * A pod that a client created, once it has been scheduled.
 *
 * @param container name of its first container
 * @param node name of the node
 * @param image image of its first container
 * @param command command of its first container
 * @param environment environment variables of its first container
 */
public record PodRequest(
        String namespace,
        String name,
        String container,
        String node,
        String image,
        List<String> command,
        Map<String, String> environment) {}
