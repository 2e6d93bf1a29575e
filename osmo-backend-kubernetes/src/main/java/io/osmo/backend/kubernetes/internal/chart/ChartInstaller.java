// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.internal.client.ApiKind;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.KubernetesCalls;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.kubernetes.internal.client.SecretCalls;
import io.osmo.backend.kubernetes.internal.resource.ManifestStage;
import io.osmo.backend.kubernetes.internal.resource.UnknownKinds;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings one release to what is wanted, a step at a time. */
final class ChartInstaller {
    private final ClusterConnections connections;
    private final Ownership ownership;
    private final Renderings renderings;
    private final ChartReader reader;
    private final Set<ResourceId> resources;
    private final Set<ChartObject.Key> others;
    private volatile ChartPlan plan;
    private volatile ReleaseWriter writer;
    private volatile List<ChartObject> wanted;
    private volatile List<ChartObject> givenUp = List.of();

    /** The last revision when this installation began; empty before its first effect. */
    private volatile Optional<Integer> begunAfter = Optional.empty();

    /**
     * @param resources the backend's other desired resources
     * @param others objects of other charts of the spec
     */
    ChartInstaller(
            ClusterConnections connections,
            Ownership ownership,
            ChartPlan plan,
            Renderings renderings,
            Set<ResourceId> resources,
            Set<ChartObject.Key> others) {
        this.connections = connections;
        this.ownership = ownership;
        this.renderings = renderings;
        this.reader = new ChartReader(
                connections, ownership, plan.release(), plan.chart().adopt(), plan.siblings());
        this.resources = Set.copyOf(resources);
        this.others = Set.copyOf(others);
        this.plan = plan;
        this.writer = writer(ownership, plan);
        this.wanted = plan.objects();
    }

    private static ReleaseWriter writer(Ownership ownership, ChartPlan plan) {
        return new ReleaseWriter(ownership, plan.chart(), plan.rendered(), plan.values());
    }

    /** Chart, version and digest. */
    String wanted() {
        return writer.wanted();
    }

    int count() {
        return plan.objects().size();
    }

    List<FieldChange> creation(Optional<LiveChart> live) {
        return writer.creation(live.map(LiveChart::orphanedDefinitions).orElse(List.of()));
    }

    /** A chart that was rendered before the cluster existed is rendered again for the existing cluster. */
    void renderFor(Optional<ClusterAccess> access, KubernetesClient client) {
        ChartPlan known = plan;
        if (known.live().isPresent() || access.isEmpty()) {
            return;
        }
        ChartPlan again = renderings.again(known, access.get(), client);
        plan = again;
        writer = writer(ownership, again);
        wanted = again.objects();
        reader.forget();
    }

    LiveChart read(KubernetesClient client) {
        return own(reader.read(client, wanted, givenUp));
    }

    /** What of a release is not left to others. */
    LiveChart own(LiveChart found) {
        return found.leaving(resources, others);
    }

    /** From now on what was recorded is wanted, and what it does not have is removed. */
    void returnTo(HelmRecord record) {
        reader.forget();
        givenUp = wanted;
        wanted = record.objects();
    }

    Optional<FieldChange> recordChange(LiveChart found) {
        return writer.difference(found);
    }

    /** What has to become ready before the next step; without a further step, all of it has to. */
    static Optional<ObjectState> waitsFor(LiveChart found) {
        Optional<ObjectState> going = found.objects().stream()
                .filter(ObjectState::isDeleting)
                .findFirst()
                .or(() ->
                        found.removed().stream().filter(ObjectState::isDeleting).findFirst());
        if (going.isPresent()) {
            return going;
        }
        Optional<ManifestStage> next = found.nextStage();
        if (next.isEmpty()) {
            return notReady(found, ManifestStage.CUSTOM_RESOURCES);
        }
        // A webhook fails every request that it is called for until its workload runs.
        boolean hooks = found.objects().stream().anyMatch(s -> s.object().stage() == ManifestStage.HOOKS);
        if (hooks && next.get().compareTo(ManifestStage.HOOKS) >= 0) {
            return notReady(found, ManifestStage.WORKLOADS);
        }
        return next.get() == ManifestStage.DEFINITIONS ? Optional.empty() : notReady(found, ManifestStage.DEFINITIONS);
    }

    private static Optional<ObjectState> notReady(LiveChart found, ManifestStage last) {
        return found.objects().stream()
                .filter(state -> state.object().stage().compareTo(last) <= 0)
                .filter(state -> state.readiness().status() != Readiness.Status.READY)
                .findFirst();
    }

    /** That Helm itself has begun to change the release. */
    static Optional<String> unfinishedByHelm(LiveChart found) {
        return found.latest()
                .filter(record -> record.status().startsWith("pending-")
                        || record.status().equals("uninstalling"))
                .map(record -> "Helm has not finished revision " + record.version() + " (" + record.status()
                        + "); if no Helm command runs, end it: " + endingHelm(record));
    }

    /** There is nothing to return to when the first revision was not completed. */
    private static String endingHelm(HelmRecord record) {
        boolean upgrade =
                record.status().equals("pending-upgrade") || record.status().equals("pending-rollback");
        return "helm " + (upgrade ? "rollback " : "uninstall ")
                + record.helmRelease().name() + " --namespace "
                + record.helmRelease().namespace();
    }

    /** Another apply, of another host, is installing something else. The apply that started last continues. */
    Optional<String> overtaken(LiveChart found) {
        return begunAfter
                .filter(version -> givenUp.isEmpty())
                .flatMap(version -> writer.overtaken(found, version))
                .map(other -> "another apply has begun to install " + other.chartName() + "-" + other.chartVersion()
                        + " with other content, so this one stops");
    }

    /** One step: the next stage, or what is no longer wanted, or the record. */
    void step(KubernetesClient client, LiveChart found, Instant now) {
        Optional<ManifestStage> next = found.nextStage();
        if (next.isPresent()) {
            if (givenUp.isEmpty()) {
                writer.begin(client, found, now);
                if (begunAfter.isEmpty()) {
                    begunAfter =
                            Optional.of(found.latest().map(HelmRecord::version).orElse(0));
                }
            }
            found.objects().stream()
                    .filter(state -> state.object().stage() == next.get()
                            && !state.changes().isEmpty())
                    .forEach(state -> apply(client, state));
        } else if (!found.removed().isEmpty()) {
            found.removed().stream()
                    .filter(state -> !state.isDeleting())
                    .forEach(state -> delete(client, state.object()));
        } else if (givenUp.isEmpty()) {
            writer.write(client, found, now);
        } else {
            ReleaseWriter.forget(client, found);
        }
    }

    private void apply(KubernetesClient client, ObjectState state) {
        ChartObject object = state.object();
        if (state.replaced()) {
            delete(client, object);
            return;
        }
        ApiKind kind = kind(client, object);
        SecretCalls.call(
                "apply " + object.title(),
                object.wanted(),
                () -> object.at(client, kind)
                        .fieldManager(Ownership.FIELD_MANAGER)
                        .forceConflicts()
                        .serverSideApply());
    }

    private void delete(KubernetesClient client, ChartObject object) {
        ApiKind kind = kind(client, object);
        KubernetesCalls.call(
                "delete " + object.title(), () -> object.at(client, kind).delete());
    }

    private ApiKind kind(KubernetesClient client, ChartObject object) {
        GenericKubernetesResource wantedObject = object.wanted();
        return connections
                .discovery(client)
                .find(wantedObject.getApiVersion(), wantedObject.getKind())
                .orElseThrow(() -> UnknownKinds.notYet(object.title(), DefinedKinds.kindOf(object)));
    }
}
