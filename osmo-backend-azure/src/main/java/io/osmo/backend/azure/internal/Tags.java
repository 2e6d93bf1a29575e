// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal;

import io.osmo.backend.resource.ResourceId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ownership tags of one backend, and the tags that its spec asks for. An object is ours when it carries {@link #BACKEND} with
 * our name and {@link #MANAGED_BY}; which of our resources it is stands in {@link #RESOURCE}.
 */
public record Tags(String backend, Map<String, String> extra) {
    public static final String BACKEND = "osmo-backend";
    public static final String MANAGED_BY = "osmo-managed-by";
    public static final String MANAGER = "osmo-backend-java";
    public static final String RESOURCE = "osmo-resource";

    public Tags {
        extra = Map.copyOf(extra);
    }

    /** All tags of one resource, sorted. */
    public Map<String, String> of(ResourceId id) {
        Map<String, String> tags = new TreeMap<>(extra);
        tags.put(BACKEND, backend);
        tags.put(MANAGED_BY, MANAGER);
        tags.put(RESOURCE, id.toString());
        return tags;
    }

    public boolean owns(Map<String, String> tags) {
        return backend.equals(tags.get(BACKEND)) && MANAGER.equals(tags.get(MANAGED_BY));
    }
}
