// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.fake;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spi.Account;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.NodeLabel;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A provider whose graph is whatever the test wants, whatever the spec says. */
public final class FakeProvider implements CloudProvider {
    private final FakeCloud cloud;
    public List<Resource<?>> graph = List.of();
    public List<Violation> violations = List.of();
    public List<String> warnings = List.of();

    public List<Guard> guards = List.of();

    /** Whether reading what is left never ends. */
    public boolean leftoversHang;

    public Optional<String> account = Optional.of("123");

    /** Pools whose nodes have work; drained at the first attempt. */
    public final Set<ResourceId> busy = new TreeSet<>();

    /** What each drain was asked: the pool, and whether it ends work. */
    public final List<String> drains = new ArrayList<>();

    /** Settings of each session that was opened, in order. */
    public final List<Optional<ProviderSettings>> opened = new ArrayList<>();

    /** What a preflight answers. */
    public List<PreflightFinding> findings = List.of(
            finding("identity", Status.PASS, "user test", ""),
            finding("quota", Status.FAIL, "0 of 192 left", "Ask for more."));

    public static PreflightFinding finding(String check, Status status, String message, String remedy) {
        return new PreflightFinding(
                "preflight." + check,
                status,
                check.equals("quota") ? Optional.of("CN-2") : Optional.empty(),
                message,
                remedy);
    }

    public FakeProvider(FakeCloud cloud) {
        this.cloud = cloud;
    }

    public void want(List<FakeResource> resources) {
        graph = List.copyOf(resources);
    }

    @Override
    public String id() {
        return "fake";
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return violations;
    }

    @Override
    public Optional<ProviderSettings> readSettings(Map<String, Object> data, Consumer<Violation> problems) {
        return Optional.empty();
    }

    @Override
    public CloudSession open(String region, Optional<ProviderSettings> settings, Scheduler scheduler) {
        opened.add(settings);
        return new Session(scheduler);
    }

    private final class Session implements CloudSession {
        private final Scheduler scheduler;

        Session(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @Override
        public CompletableFuture<List<PreflightFinding>> preflight(BackendSpec spec, Optional<Plan> plan) {
            return scheduler.call(() -> {
                cloud.list();
                return findings;
            });
        }

        @Override
        public CompletableFuture<Inventory> observe(BackendRef ref, Optional<BackendSpec> spec) {
            return scheduler.call(() -> {
                Map<ResourceId, Observed<?>> observed = new TreeMap<>();
                for (Thing thing : cloud.list()) {
                    ResourceId id = thing.id();
                    for (int n = 2; observed.containsKey(id); n++) {
                        id = ResourceId.of(thing.id().kind(), thing.id().name() + "#" + n);
                    }
                    observed.put(
                            id, cloud.foreign.contains(thing.id()) ? Observed.foreign(thing) : Observed.ours(thing));
                }
                return Inventory.of(
                        observed,
                        account.<Map<Class<?>, Object>>map(id -> Map.of(Account.class, new Account(id)))
                                .orElse(Map.of()));
            });
        }

        @Override
        public List<Violation> check(BackendSpec spec, Inventory inventory) {
            return List.of();
        }

        @Override
        public List<String> warnings(BackendRef ref, Optional<BackendSpec> spec, Inventory inventory) {
            return warnings;
        }

        @Override
        public List<Guard> guards(BackendRef ref, Inventory inventory, Set<ResourceId> removed) {
            return guards.stream()
                    .filter(guard -> removed.contains(ResourceId.parse(guard.subject())))
                    .toList();
        }

        @Override
        public Optional<Deletable<?>> drain(Deletable<?> pool, Duration deadline, boolean endsWork) {
            drains.add(pool.id() + " within " + deadline + (endsWork ? ", ends work" : ""));
            return Optional.of(new FakeDrain(cloud, pool.id(), busy, deadline));
        }

        @Override
        public List<Resource<?>> graph(BackendSpec spec, Inventory inventory) {
            return graph;
        }

        @Override
        public List<Deletable<?>> owned(BackendRef ref, Inventory inventory) {
            List<Deletable<?>> owned = new ArrayList<>();
            inventory.observed().forEach((id, observed) -> {
                if (observed.ownership() == Observed.Ownership.OURS) {
                    owned.add(new Standing(cloud, id, (Thing) observed.value()));
                }
            });
            return owned;
        }

        @Override
        public Optional<ClusterAccess> access(Inventory inventory) {
            return Optional.empty();
        }

        @Override
        public CompletableFuture<CloudFacts> facts(BackendRef ref) {
            return CompletableFuture.failedFuture(new IllegalStateException("the fake cloud knows no facts"));
        }

        @Override
        public CompletableFuture<List<BackendRef>> list() {
            return scheduler.call(
                    () -> cloud.list().isEmpty() ? List.of() : List.of(new BackendRef("fake", "here", "train")));
        }

        @Override
        public CompletableFuture<List<Leftover>> leftovers(BackendRef ref) {
            if (leftoversHang) {
                return new CompletableFuture<>();
            }
            return scheduler.call(() -> cloud.list().stream()
                    .map(t -> new Leftover(t.id().kind(), t.id().name(), "still there", true))
                    .toList());
        }

        @Override
        public void close() {}
    }

    /** Something that stands, known by its serial number. */
    private record Standing(FakeCloud cloud, ResourceId id, Thing thing) implements Deletable<Thing> {
        @Override
        public Class<Thing> type() {
            return Thing.class;
        }

        @Override
        public Set<ResourceId> after() {
            return thing.after();
        }

        @Override
        public Optional<Thing> read(State state) {
            return cloud.list().stream()
                    .filter(t -> t.serial() == thing.serial())
                    .findFirst();
        }

        @Override
        public Readiness readiness(Thing observed) {
            return observed.phase() == Thing.Phase.DELETING ? Readiness.deleting() : Readiness.ready();
        }

        @Override
        public void delete(Thing observed, State state) {
            cloud.delete(observed.serial(), Duration.ofSeconds(20));
        }

        @Override
        public Optional<ResourceId> deletedWith() {
            return id.kind().equals("namespace") ? Optional.of(ResourceId.parse("cluster/main")) : Optional.empty();
        }

        @Override
        public Optional<NodeLabel> nodes() {
            return id.kind().equals("pool") ? Optional.of(new NodeLabel("pool", id.name())) : Optional.empty();
        }

        @Override
        public Disruption deletionDisruption() {
            return FakeResource.deletionDisruption(id);
        }

        @Override
        public Disruption deletionDisruption(Thing observed) {
            return FakeResource.deletionDisruption(id, observed);
        }

        @Override
        public Timing timing() {
            Duration takes = Duration.ofSeconds(20);
            return new Timing(takes, takes, takes, Duration.ofSeconds(15), Duration.ofHours(1));
        }

        @Override
        public String describe() {
            return id.kind() + " " + id.name();
        }
    }
}
