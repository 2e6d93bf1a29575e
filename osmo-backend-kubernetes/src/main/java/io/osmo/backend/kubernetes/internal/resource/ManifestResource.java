// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.osmo.backend.kubernetes.internal.client.ApiDiscovery;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One object of a manifest, of any kind. A workload that matches is ready when it is rolled out; one that differs is to be updated,
 * not waited for, since waiting would not change it.
 */
public final class ManifestResource<T extends HasMetadata> extends AppliedObject<T> {
    /** First part of the ids of such objects. */
    static final String ID_KIND = "manifest";

    /** Kinds that the inventory always reads, one list call each. All others are read on request. */
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

    private static final Map<String, Class<? extends HasMetadata>> TYPES = KINDS.stream()
            .collect(Collectors.toUnmodifiableMap(
                    type -> ApiDiscovery.key(HasMetadata.getApiVersion(type), HasMetadata.getKind(type)),
                    Function.identity()));

    private static final Set<String> ROLLED_OUT = Set.of("Deployment", "DaemonSet", "StatefulSet", "Job");

    private final T wanted;
    private final boolean defined;

    private ManifestResource(
            ClusterConnections connections,
            Ownership ownership,
            ResourceId id,
            T wanted,
            boolean defined,
            Set<ResourceId> after) {
        super(connections, ownership, id, wanted, after);
        this.wanted = wanted;
        this.defined = defined;
    }

    /**
     * @param wanted in the form of {@link #uniform}
     * @param defined whether the same manifests define its kind, which then need not exist yet
     */
    static ManifestResource<?> of(
            ClusterConnections connections,
            Ownership ownership,
            HasMetadata wanted,
            boolean defined,
            Set<ResourceId> after) {
        return new ManifestResource<>(connections, ownership, id(wanted), wanted, defined, after);
    }

    /** A copy of an object in the type in which the inventory reads its kind, without status, which is not for manifests to say. */
    static HasMetadata uniform(HasMetadata object) {
        if (object.getKind() == null || object.getApiVersion() == null || object.getMetadata() == null) {
            throw new IllegalArgumentException("an object of a manifest needs apiVersion, kind and metadata");
        }
        Class<? extends HasMetadata> type = TYPES.get(PlainObject.kind(object));
        if (type != null) {
            HasMetadata typed = PlainObject.as(object, type);
            if (!(typed instanceof Namespaced)) {
                typed.getMetadata().setNamespace(null);
            }
            return typed;
        }
        GenericKubernetesResource generic = PlainObject.as(object, GenericKubernetesResource.class);
        generic.getAdditionalProperties().remove("status");
        return generic;
    }

    /** The kinds that the inventory always reads for manifests. */
    public static List<Class<? extends HasMetadata>> kinds() {
        return KINDS;
    }

    /** Whether the inventory reads the kind on request only. */
    static boolean isReadOnRequest(HasMetadata object) {
        return !TYPES.containsKey(PlainObject.kind(object))
                && !PlainObject.kind(object).equals("v1 Secret");
    }

    static ResourceId id(HasMetadata object) {
        String name = Objects.requireNonNull(object.getMetadata().getName(), "an object of a manifest needs a name");
        String namespace = object.getMetadata().getNamespace();
        String kind = object.getKind().toLowerCase(Locale.ROOT);
        String group =
                ManifestStage.of(object) == ManifestStage.CUSTOM_RESOURCES ? "." + ManifestStage.group(object) : "";
        return ResourceId.of(ID_KIND, kind + group + "/" + (namespace == null ? "" : namespace + "/") + name);
    }

    /** Whether an id is one of {@link #id} for an object of this kind; the marks of an object may say anything. */
    static boolean isIdOf(ResourceId id, HasMetadata object) {
        String kind = object.getKind().toLowerCase(Locale.ROOT);
        return id.kind().equals(ID_KIND)
                && (id.name().startsWith(kind + "/") || id.name().startsWith(kind + "."));
    }

    /** The objects of manifests in an inventory, by their stages. */
    public static Map<ManifestStage, Set<ResourceId>> stages(Inventory inventory) {
        Map<ManifestStage, Set<ResourceId>> stages = new EnumMap<>(ManifestStage.class);
        inventory.observed().forEach((id, observed) -> {
            if (id.kind().equals(ID_KIND) && observed.value() instanceof HasMetadata object) {
                stages.computeIfAbsent(ManifestStage.of(object), stage -> new HashSet<>())
                        .add(id);
            }
        });
        return stages;
    }

    /** Those of the stage before an object's own, which are deleted after it. */
    public static Set<ResourceId> before(
            ResourceId id, HasMetadata object, Map<ManifestStage, Set<ResourceId>> stages) {
        return stages.entrySet().stream()
                .filter(stage -> id.kind().equals(ID_KIND) && stage.getKey().compareTo(ManifestStage.of(object)) < 0)
                .reduce((first, last) -> last)
                .map(Map.Entry::getValue)
                .orElse(Set.of());
    }

    @Override
    public Readiness readiness(T observed) {
        Readiness readiness = super.readiness(observed);
        if (readiness.status() != Readiness.Status.READY
                || !differences(observed).isEmpty()) {
            return readiness;
        }
        return ManifestReadiness.of(observed);
    }

    @Override
    public Timing timing() {
        return ROLLED_OUT.contains(wanted.getKind())
                ? new Timing(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(10))
                : Timing.quick();
    }

    @Override
    void kindNotServed() {
        if (!defined) {
            throw UnknownKinds.of(List.of(PlainObject.kind(wanted)));
        }
    }

    /** A field that a controller or a person has taken over, such as the replicas, is not taken back by force. */
    @Override
    boolean mustOwn() {
        return false;
    }

    @Override
    boolean isImmutable(String field) {
        return switch (wanted.getKind()) {
            case "RoleBinding", "ClusterRoleBinding" -> field.startsWith("roleRef");
            case "Deployment", "DaemonSet", "ReplicaSet" -> field.startsWith("spec.selector");
            case "StatefulSet" ->
                field.startsWith("spec.selector")
                        || field.startsWith("spec.serviceName")
                        || field.startsWith("spec.volumeClaimTemplates");
            case "Job" -> field.startsWith("spec.selector") || field.startsWith("spec.template");
            case "PriorityClass" -> field.equals("value");
            case "StorageClass" -> field.startsWith("parameters") || field.equals("provisioner");
            default -> false;
        };
    }
}
