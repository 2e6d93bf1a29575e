// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.resource.ResourceId;

/** Ids of resources that concerns name which do not know each other. */
public final class Ids {
    public static final ResourceId CLUSTER = ResourceId.of("eks-cluster", "main");

    private Ids() {}

    public static ResourceId addon(String name) {
        return ResourceId.of("addon", name);
    }

    public static ResourceId nodeGroup(String name) {
        return ResourceId.of("node-group", name);
    }
}
