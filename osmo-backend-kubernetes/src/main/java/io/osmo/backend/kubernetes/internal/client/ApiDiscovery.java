// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds out which kinds a cluster serves. Kinds that were found are cached; others are looked up again, because they may be added. */
public final class ApiDiscovery {
    private final KubernetesClient client;
    private final Map<String, ApiKind> known = new ConcurrentHashMap<>();

    public ApiDiscovery(KubernetesClient client) {
        this.client = client;
    }

    /** Empty when the server does not serve it. */
    public Optional<ApiKind> find(String apiVersion, String kind) {
        String key = key(apiVersion, kind);
        if (!known.containsKey(key)) {
            read(apiVersion);
        }
        return Optional.ofNullable(known.get(key));
    }

    private void read(String apiVersion) {
        APIResourceList served =
                KubernetesCalls.call("list kinds of " + apiVersion, () -> client.getApiResources(apiVersion));
        if (served == null) {
            return;
        }
        for (APIResource resource : served.getResources()) {
            // The others are parts of objects, such as their status.
            if (!resource.getName().contains("/")) {
                known.put(
                        key(apiVersion, resource.getKind()),
                        new ApiKind(
                                apiVersion,
                                resource.getKind(),
                                resource.getName(),
                                Boolean.TRUE.equals(resource.getNamespaced())));
            }
        }
    }

    /** Version and kind in one text. */
    public static String key(String apiVersion, String kind) {
        return apiVersion + " " + kind;
    }
}
