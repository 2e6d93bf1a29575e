// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import java.util.Map;
import java.util.Set;

/**
 * The default StorageClass (ST-1, SC-2). Most of its fields are immutable; replacing a class is harmless, since volumes and
 * claims that were made with it do not depend on it any more.
 */
public final class StorageClassResource extends AppliedObject<StorageClass> {
    private static final Set<String> MUTABLE = Set.of("allowVolumeExpansion", "allowedTopologies");

    public StorageClassResource(
            ClusterConnections connections,
            Ownership ownership,
            String name,
            String provisioner,
            Map<String, String> parameters,
            Set<ResourceId> after) {
        super(
                connections,
                ownership,
                id(name),
                new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToAnnotations(StorageClasses.DEFAULT_ANNOTATION, "true")
                        .endMetadata()
                        .withProvisioner(provisioner)
                        .withParameters(parameters)
                        .withVolumeBindingMode("WaitForFirstConsumer")
                        .withReclaimPolicy("Delete")
                        .withAllowVolumeExpansion(true)
                        .build(),
                after);
    }

    public static ResourceId id(String name) {
        return ResourceId.of("storage-class", name);
    }

    @Override
    boolean mustOwn() {
        return true;
    }

    @Override
    boolean isImmutable(String field) {
        return !field.startsWith("metadata") && !MUTABLE.contains(field);
    }

    @Override
    boolean isExact(String field) {
        return field.equals("parameters");
    }
}
