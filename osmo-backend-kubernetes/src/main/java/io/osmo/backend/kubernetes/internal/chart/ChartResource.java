// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.kubernetes.internal.client.ClusterConnections;
import io.osmo.backend.kubernetes.internal.client.Ownership;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.Chart;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A chart as one resource. Each effect is one step: the objects of one stage, then what is no longer wanted, then the record. Between
 * two steps the engine reads again, and waits while something is not ready that the next step needs.
 */
final class ChartResource implements Resource<LiveChart> {
    private static final Duration POLL = Duration.ofSeconds(5);
    private static final Duration SPARE = Duration.ofMinutes(5);

    private final ClusterConnections connections;
    private final Scheduler scheduler;
    private final Chart chart;
    private final Set<ResourceId> after;
    private final Optional<LiveChart> planned;
    private final ChartInstaller installer;
    private final Attempt attempt;

    /**
     * @param after the cluster, the namespace of the release, and everything else in the cluster, which keeps its objects
     * @param others objects of other charts of the spec
     */
    ChartResource(
            ClusterConnections connections,
            Scheduler scheduler,
            Ownership ownership,
            ChartPlan plan,
            Renderings renderings,
            Set<ResourceId> after,
            Set<ChartObject.Key> others) {
        this.connections = connections;
        this.scheduler = scheduler;
        this.chart = plan.chart();
        this.after = Set.copyOf(after);
        this.planned = plan.live();
        this.installer = new ChartInstaller(connections, ownership, plan, renderings, after, others);
        this.attempt = new Attempt(chart);
    }

    @Override
    public ResourceId id() {
        return ChartRelease.id(ChartPlan.release(chart));
    }

    @Override
    public Class<LiveChart> type() {
        return LiveChart.class;
    }

    @Override
    public Set<ResourceId> after() {
        return after;
    }

    @Override
    public Optional<String> unread(State state) {
        return connections.unread(state);
    }

    @Override
    public List<FieldChange> creation() {
        return installer.creation(planned);
    }

    @Override
    public Optional<LiveChart> read(State state) {
        return connections.find(state).map(this::read).filter(found -> !found.isAbsent() || attempt.hasStarted());
    }

    private LiveChart read(KubernetesClient client) {
        LiveChart found = installer.read(client);
        requireOurs(found);
        Optional<String> overtaken = installer.overtaken(found);
        if (overtaken.isPresent()) {
            attempt.giveUp(overtaken.get());
            return found;
        }
        boolean rollBack = attempt.look(
                found,
                ChartInstaller.waitsFor(found),
                scheduler.now(),
                waiting -> new WaitingReasons(client).of(waiting));
        if (!rollBack) {
            return found;
        }
        installer.returnTo(found.lastDeployed().orElseThrow());
        return installer.read(client);
    }

    private void requireOurs(LiveChart found) {
        if (!found.conflicts().isEmpty()) {
            throw CloudException.builder(CloudError.ALREADY_EXISTS, "kubernetes:read " + id())
                    .code("Foreign")
                    .message(String.join("; ", found.conflicts()))
                    .remedy("Choose another name, or set adopt for this chart.")
                    .build();
        }
    }

    /** One that differs is to be changed, not waited for, unless the next step needs what is not ready. */
    @Override
    public Readiness readiness(LiveChart found) {
        LiveChart observed = installer.own(found);
        if (!observed.refusals().isEmpty()) {
            return Readiness.failed(String.join("; ", observed.refusals()));
        }
        return attempt.failure()
                .map(Readiness::failed)
                .or(() -> ChartInstaller.unfinishedByHelm(observed).map(Readiness::pending))
                .or(() -> ChartInstaller.waitsFor(observed).map(this::pending))
                .orElseGet(Readiness::ready);
    }

    private Readiness pending(ObjectState state) {
        String known = attempt.waitsFor();
        return Readiness.pending(
                known.startsWith(state.object().title())
                        ? known
                        : state.object().title() + ": " + state.readiness().reason());
    }

    @Override
    public List<FieldChange> compare(LiveChart found, State state) {
        LiveChart observed = installer.own(found);
        List<FieldChange> changes = new ArrayList<>(observed.objectChanges());
        if (attempt.isTrying()) {
            installer.recordChange(observed).ifPresent(changes::add);
        } else if (changes.isEmpty() && observed.attempt().isPresent()) {
            changes.add(FieldChange.inPlace("history", "of the attempt that failed", "deleted"));
        }
        return List.copyOf(changes);
    }

    @Override
    public LiveChart create(State state) {
        attempt.start();
        KubernetesClient client = connections.require(state);
        installer.renderFor(connections.access(state), client);
        LiveChart found = readAgain(client);
        installer.step(client, found, scheduler.now());
        return found;
    }

    /** What this comes after may have created objects since the release was read. */
    private LiveChart readAgain(KubernetesClient client) {
        LiveChart found = installer.read(client);
        requireOurs(found);
        return found;
    }

    @Override
    public void update(LiveChart observed, List<FieldChange> changes, State state) {
        KubernetesClient client = connections.require(state);
        LiveChart found = attempt.hasStarted() ? installer.own(observed) : readAgain(client);
        attempt.start();
        installer.step(client, found, scheduler.now());
    }

    @Override
    public Optional<String> irreplaceable(LiveChart observed) {
        return Optional.of(
                "Correct the chart or its values, or look at its pods, then plan and apply again to resume.");
    }

    @Override
    public Optional<String> owner(LiveChart observed) {
        return observed.conflicts().isEmpty() ? Optional.empty() : Optional.of(String.join("; ", observed.conflicts()));
    }

    /** A chart that is no longer wanted is deleted as what was recorded of it, not as this. */
    @Override
    public void delete(LiveChart observed, State state) {
        throw new IllegalStateException(id() + " is never replaced");
    }

    @Override
    public Disruption deletionDisruption() {
        return Disruption.OUTAGE;
    }

    /** The chart's own deadline ends an attempt; the engine's leaves room for a rollback of the same length. */
    @Override
    public Timing timing() {
        return new Timing(
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                POLL,
                chart.deadline().multipliedBy(2).plus(SPARE));
    }

    @Override
    public String describe() {
        return "Helm chart " + installer.wanted() + ", " + installer.count() + " objects in " + chart.namespace();
    }
}
