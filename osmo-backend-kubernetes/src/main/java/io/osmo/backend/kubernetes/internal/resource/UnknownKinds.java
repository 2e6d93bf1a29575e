// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.Collection;
import java.util.TreeSet;

/** Failures because a cluster does not serve a kind of object. */
public final class UnknownKinds {
    private static final String OPERATION = "kubernetes:find kind";

    private UnknownKinds() {}

    /** @param kinds with the versions of their API, as {@code version kind} */
    static CloudException of(Collection<String> kinds) {
        return CloudException.builder(CloudError.INVALID_REQUEST, OPERATION)
                .code("UnknownKind")
                .message("the cluster does not serve " + String.join(", ", new TreeSet<>(kinds))
                        + ", and the manifests do not define it")
                .remedy(
                        "Install what defines it first, add its CustomResourceDefinition to the manifests, or leave such objects out.")
                .build();
    }

    /** The server has accepted the definition of the kind, but does not serve it yet. */
    public static CloudException notYet(String object, String kind) {
        return CloudException.builder(CloudError.NOT_YET_CONSISTENT, "kubernetes:apply " + object)
                .code("UnknownKind")
                .message("the cluster does not serve " + kind + " yet")
                .remedy("Look at the status of the CustomResourceDefinition, and plan and apply again to resume.")
                .build();
    }
}
