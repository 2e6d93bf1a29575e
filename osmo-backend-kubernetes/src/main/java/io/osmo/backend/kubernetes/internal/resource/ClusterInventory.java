// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.kubernetes.internal.client.ApiDiscovery;
import io.osmo.backend.kubernetes.internal.client.ApiKind;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;
import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads what of a backend is in its cluster, in one round of concurrent calls. */
public final class ClusterInventory {
    /** Exists in every cluster; its UID identifies the cluster. */
    public static final String SYSTEM_NAMESPACE = "kube-system";

    /** Prefix of the ids of Helm release records with the backend's label, which are not resources. */
    public static final String RELEASE_RECORD = "helm-record";

    private static final Set<String> RELEASE_TYPES = Set.of("helm.sh/release.v1", "osmo-backend/chart-attempt");

    private final Scheduler scheduler;
    private final Function<KubernetesClient, ApiDiscovery> discovery;
    private final Ownership ownership;

    /** @param discovery finds out which kinds a cluster serves */
    public ClusterInventory(
            Scheduler scheduler, Ownership ownership, Function<KubernetesClient, ApiDiscovery> discovery) {
        this.scheduler = scheduler;
        this.discovery = discovery;
        this.ownership = ownership;
    }

    /** @param manifests whose kinds are read beyond those that always are */
    public CompletableFuture<Map<ResourceId, Observed<?>>> observe(
            Supplier<KubernetesClient> client, Optional<BackendSpec> spec, Manifests manifests) {
        List<Function<KubernetesClient, Map<ResourceId, Observed<?>>>> reads = new ArrayList<>();
        reads.add(c -> storageClasses(c, spec));
        reads.add(c -> namespaces(c, spec));
        reads.add(c -> priorityClasses(c, spec));
        Map<At, ResourceId> wanted = spec.map(ClusterInventory::wantedSecrets).orElse(Map.of());
        reads.add(c -> ownSecrets(c, wanted));
        wanted.forEach((at, id) -> reads.add(c -> foreignSecret(c, id, at)));
        ManifestResource.KINDS.forEach(kind -> reads.add(c -> manifests(c, kind)));
        reads.add(c -> furtherKinds(c, manifests));

        List<CompletableFuture<Map<ResourceId, Observed<?>>>> answers = reads.stream()
                .map(read -> scheduler.call(() -> read.apply(client.get())))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    Map<ResourceId, Observed<?>> all = new LinkedHashMap<>();
                    answers.forEach(answer -> all.putAll(answer.join()));
                    return all;
                });
    }

    /** Which class is the default is part of a backend that is wanted; without a spec it says nothing about whether there is one. */
    private Map<ResourceId, Observed<?>> storageClasses(KubernetesClient client, Optional<BackendSpec> spec) {
        StorageClasses classes = DefaultClassResource.list(client);
        Map<ResourceId, Observed<?>> found = new LinkedHashMap<>();
        classes.classes().stream()
                .filter(c -> !isOfManifests(c))
                .forEach(c -> found.put(
                        StorageClassResource.id(c.getMetadata().getName()),
                        ownership.owns(c) ? Observed.ours(c) : Observed.foreign(c)));
        Observed<?> defaults = classes.defaultOfOther(ownership).isPresent()
                ? Observed.foreign(classes)
                : spec.isPresent() ? Observed.ours(classes) : Observed.existing(classes);
        found.put(DefaultClassResource.ID, defaults);
        found.putAll(OtherBackends.among("storage-classes", classes.classes(), ownership));
        return found;
    }

    private Map<ResourceId, Observed<?>> namespaces(KubernetesClient client, Optional<BackendSpec> spec) {
        Set<String> wanted = new LinkedHashSet<>();
        spec.map(OsmoNamespaces::of).ifPresent(names -> {
            wanted.add(names.operator());
            wanted.add(names.workflow());
        });
        spec.ifPresent(s -> s.charts().forEach(chart -> wanted.add(chart.namespace())));
        List<Namespace> all = KubernetesCalls.list(
                "list Namespaces", () -> client.namespaces().list());
        Map<ResourceId, Observed<?>> found = new LinkedHashMap<>(OtherBackends.among("namespaces", all, ownership));
        for (Namespace namespace : all) {
            String name = namespace.getMetadata().getName();
            if (isOfManifests(namespace)) {
                continue;
            }
            if (ownership.owns(namespace)) {
                found.put(NamespaceResource.id(name), Observed.ours(namespace));
            } else if (wanted.contains(name) || name.equals(SYSTEM_NAMESPACE)) {
                found.put(NamespaceResource.id(name), Observed.existing(namespace));
            }
        }
        return found;
    }

    private Map<ResourceId, Observed<?>> priorityClasses(KubernetesClient client, Optional<BackendSpec> spec) {
        List<PriorityClass> all = KubernetesCalls.list(
                "list PriorityClasses",
                () -> client.scheduling().v1().priorityClasses().list());
        Map<ResourceId, Observed<?>> found =
                new LinkedHashMap<>(OtherBackends.among("priority-classes", all, ownership));
        for (PriorityClass priority : all) {
            Optional.of(priority)
                    .filter(c -> !isOfManifests(c))
                    .flatMap(c -> PriorityClassResource.observed(c, ownership, spec))
                    .ifPresent(observed -> found.put(
                            PriorityClassResource.id(priority.getMetadata().getName()), observed));
        }
        return found;
    }

    /**
     * The objects with the backend's label, and which other backends have some. If the spec gives one of them another role, such as a
     * pull secret with the former name of the token, it is changed or replaced in its new role and not deleted in its old one.
     */
    private Map<ResourceId, Observed<?>> ownSecrets(KubernetesClient client, Map<At, ResourceId> wanted) {
        List<Secret> all = KubernetesCalls.list(
                "list Secrets",
                () -> client.secrets()
                        .inAnyNamespace()
                        .withLabel(Ownership.BACKEND_LABEL)
                        .list());
        Map<ResourceId, Observed<?>> found = new LinkedHashMap<>(OtherBackends.among("secrets", all, ownership));
        for (Secret secret : all) {
            if (ownership.otherBackend(secret).isPresent()) {
                continue;
            }
            ownership
                    .resourceId(secret)
                    .filter(id -> isOfSecrets(id) || ManifestResource.isIdOf(id, secret))
                    .map(id -> wanted.getOrDefault(At.of(secret), id))
                    .ifPresent(id -> found.put(id, Observed.ours(SecretDigest.of(secret))));
            if (RELEASE_TYPES.contains(String.valueOf(secret.getType()))) {
                ResourceId id = ResourceId.of(
                        RELEASE_RECORD,
                        secret.getMetadata().getNamespace() + "/"
                                + secret.getMetadata().getName());
                found.put(id, Observed.existing(secret));
            }
        }
        return found;
    }

    private static boolean isOfSecrets(ResourceId id) {
        return id.kind().equals(PullSecrets.ID_KIND) || id.kind().equals(TokenSecret.ID_KIND);
    }

    private record At(String namespace, String name) {
        static At of(HasMetadata object) {
            return new At(
                    object.getMetadata().getNamespace(), object.getMetadata().getName());
        }
    }

    private static Map<At, ResourceId> wantedSecrets(BackendSpec spec) {
        OsmoNamespaces namespaces = OsmoNamespaces.of(spec);
        Map<At, ResourceId> wanted = new LinkedHashMap<>();
        for (PullSecret secret : spec.pullSecrets()) {
            for (String namespace : List.of(namespaces.operator(), namespaces.workflow())) {
                wanted.put(new At(namespace, secret.secretName()), PullSecrets.id(namespace, secret.secretName()));
            }
        }
        for (OsmoService osmo :
                spec.osmo().filter(o -> o.token().isPresent()).stream().toList()) {
            wanted.put(
                    new At(osmo.operatorNamespace(), osmo.tokenSecretName()),
                    TokenSecret.id(osmo.operatorNamespace(), osmo.tokenSecretName()));
        }
        return wanted;
    }

    /** An object of others with a name that the backend needs, so that the conflict is found by the plan, not by the apply. */
    private Map<ResourceId, Observed<?>> foreignSecret(KubernetesClient client, ResourceId id, At at) {
        return KubernetesCalls.find(
                        "get Secret " + at.name() + " in " + at.namespace(),
                        () -> client.secrets()
                                .inNamespace(at.namespace())
                                .withName(at.name())
                                .get())
                .filter(secret -> !ownership.owns(secret))
                .<Map<ResourceId, Observed<?>>>map(secret -> Map.of(id, Observed.foreign(SecretDigest.of(secret))))
                .orElse(Map.of());
    }

    private Map<ResourceId, Observed<?>> manifests(KubernetesClient client, Class<? extends HasMetadata> kind) {
        Map<ResourceId, Observed<?>> found = new LinkedHashMap<>();
        for (HasMetadata object : KubernetesCalls.list(
                "list " + kind.getSimpleName() + "s",
                () -> client.resources(kind)
                        .inAnyNamespace()
                        .withLabel(Ownership.BACKEND_LABEL, ownership.labelValue())
                        .list())) {
            manifestId(object).ifPresent(id -> found.put(id, Observed.ours(object)));
        }
        return found;
    }

    /** Reads the kinds sequentially, because there are few: most charts add none. */
    private Map<ResourceId, Observed<?>> furtherKinds(KubernetesClient client, Manifests manifests) {
        Map<ResourceId, Observed<?>> found = new LinkedHashMap<>();
        for (ApiKind kind : manifests.kindsToRead(discovery.apply(client))) {
            KubernetesCalls.list(
                            "list " + kind.plural(),
                            () -> kind.in(client)
                                    .inAnyNamespace()
                                    .withLabel(Ownership.BACKEND_LABEL, ownership.labelValue())
                                    .list())
                    .forEach(object -> manifestId(object).ifPresent(id -> found.put(id, Observed.ours(object))));
        }
        return found;
    }

    /** An object of a kind that only manifests have is not another resource, whatever its marks say. */
    private Optional<ResourceId> manifestId(HasMetadata object) {
        return ownership.resourceId(object).filter(id -> ManifestResource.isIdOf(id, object));
    }

    /** Whether an object was created as one of a manifest, and is not one that each backend has. */
    private boolean isOfManifests(HasMetadata object) {
        return ownership
                .resourceId(object)
                .filter(id -> id.kind().equals(ManifestResource.ID_KIND))
                .isPresent();
    }
}
