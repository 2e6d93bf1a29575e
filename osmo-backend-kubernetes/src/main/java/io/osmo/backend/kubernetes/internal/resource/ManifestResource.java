// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One object of a manifest. A Deployment or DaemonSet that is as wanted is ready when it is rolled out; one that differs is to
 * be updated, not waited for, since waiting would never mend it.
 */
public final class ManifestResource<T extends HasMetadata> extends AppliedObject<T> {
    /** Kinds that the inventory reads, one list call each. */
    static final List<Class<? extends HasMetadata>> KINDS = List.of(
            ServiceAccount.class,
            ConfigMap.class,
            Service.class,
            Role.class,
            RoleBinding.class,
            ClusterRole.class,
            ClusterRoleBinding.class,
            Deployment.class,
            DaemonSet.class);

    private ManifestResource(
            ClusterConnections connections, Ownership ownership, ResourceId id, T wanted, Set<ResourceId> after) {
        super(connections, ownership, id, wanted, after);
    }

    public static ManifestResource<?> of(
            ClusterConnections connections, Ownership ownership, HasMetadata wanted, Set<ResourceId> after) {
        if (!KINDS.contains(wanted.getClass())) {
            throw new IllegalArgumentException("a manifest may hold "
                    + KINDS.stream().map(Class::getSimpleName).collect(Collectors.joining(", ")) + "; given: "
                    + wanted.getKind());
        }
        return new ManifestResource<>(connections, ownership, id(wanted), PlainObject.copy(wanted), after);
    }

    static ResourceId id(HasMetadata object) {
        String name = Objects.requireNonNull(object.getMetadata().getName(), "an object of a manifest needs a name");
        String namespace = object.getMetadata().getNamespace();
        return ResourceId.of(
                "manifest",
                object.getKind().toLowerCase(Locale.ROOT) + "/" + (namespace == null ? "" : namespace + "/") + name);
    }

    @Override
    public Readiness readiness(T observed) {
        Readiness readiness = super.readiness(observed);
        if (readiness.status() != Readiness.Status.READY
                || !differences(observed).isEmpty()) {
            return readiness;
        }
        if (observed instanceof Deployment deployment) {
            return rolledOut(deployment);
        }
        return observed instanceof DaemonSet daemonSet ? rolledOut(daemonSet) : readiness;
    }

    private static Readiness rolledOut(Deployment deployment) {
        DeploymentStatus status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        int wanted = count(deployment.getSpec().getReplicas(), 1);
        int updated = count(status.getUpdatedReplicas(), 0);
        int available = count(status.getAvailableReplicas(), 0);
        return seen(deployment, status.getObservedGeneration())
                        && updated >= wanted
                        && available >= wanted
                        && count(status.getReplicas(), 0) <= wanted
                ? Readiness.ready()
                : Readiness.pending(available + " of " + wanted + " replicas available, " + updated + " updated");
    }

    private static Readiness rolledOut(DaemonSet daemonSet) {
        DaemonSetStatus status = Objects.requireNonNullElseGet(daemonSet.getStatus(), DaemonSetStatus::new);
        int wanted = count(status.getDesiredNumberScheduled(), 0);
        int updated = count(status.getUpdatedNumberScheduled(), 0);
        int available = count(status.getNumberAvailable(), 0);
        return seen(daemonSet, status.getObservedGeneration()) && updated >= wanted && available >= wanted
                ? Readiness.ready()
                : Readiness.pending(available + " of " + wanted + " pods available, " + updated + " updated");
    }

    private static boolean seen(HasMetadata object, @Nullable Long observedGeneration) {
        Long generation = object.getMetadata().getGeneration();
        return generation == null || observedGeneration != null && observedGeneration >= generation;
    }

    private static int count(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    @Override
    public Timing timing() {
        boolean pods = type() == Deployment.class || type() == DaemonSet.class;
        return pods
                ? new Timing(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(10))
                : Timing.quick();
    }

    /** A field that a controller or a person has taken over, such as the replicas, is not taken back by force. */
    @Override
    boolean mustOwn() {
        return false;
    }

    @Override
    boolean isImmutable(String field) {
        return field.startsWith("roleRef") || field.startsWith("spec.selector") && type() != Service.class;
    }
}
