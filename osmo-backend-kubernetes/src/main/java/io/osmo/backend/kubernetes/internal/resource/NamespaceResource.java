// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import java.util.Map;
import java.util.Set;

/**
 * A namespace of a chart, or one of the two that OSMO's chart expects to exist. The pod
 * security levels of those two are the strictest that OSMO runs under: the operator's pods set no seccomp profile, which
 * {@code restricted} demands; workflow pods may mount host paths and be privileged, which {@code baseline} forbids. Deleting one
 * deletes all that is in it.
 */
public final class NamespaceResource extends AppliedObject<Namespace> {
    private static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

    private NamespaceResource(
            ClusterConnections connections,
            Ownership ownership,
            String name,
            Map<String, String> labels,
            Set<ResourceId> after) {
        super(
                connections,
                ownership,
                id(name),
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build(),
                after);
    }

    public static ResourceId id(String name) {
        return ResourceId.of("namespace", name);
    }

    public static NamespaceResource operator(
            ClusterConnections connections, Ownership ownership, String name, Set<ResourceId> after) {
        return new NamespaceResource(connections, ownership, name, Map.of(POD_SECURITY, "baseline"), after);
    }

    public static NamespaceResource workflow(
            ClusterConnections connections, Ownership ownership, String name, Set<ResourceId> after) {
        return new NamespaceResource(connections, ownership, name, Map.of(POD_SECURITY, "privileged"), after);
    }

    /** The namespace of a chart, which may ask for any rights: no pod security level. */
    public static NamespaceResource chart(
            ClusterConnections connections, Ownership ownership, String name, Set<ResourceId> after) {
        return new NamespaceResource(connections, ownership, name, Map.of(), after);
    }

    @Override
    public Readiness readiness(Namespace observed) {
        boolean terminating = observed.getStatus() != null
                && "Terminating".equals(observed.getStatus().getPhase());
        return terminating ? Held.deleting(observed) : super.readiness(observed);
    }

    @Override
    boolean isForeign(Namespace found) {
        return false;
    }

    @Override
    boolean mustOwn() {
        return false;
    }
}
