// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend;

import io.osmo.backend.cost.CostEstimate;
import io.osmo.backend.diagnosis.Diagnosis;
import io.osmo.backend.error.DeadlineExceededException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.OperationCancelledException;
import io.osmo.backend.error.ProviderNotFoundException;
import io.osmo.backend.event.ProgressListener;
import io.osmo.backend.internal.engine.AllowedCheck;
import io.osmo.backend.internal.engine.Apply;
import io.osmo.backend.internal.engine.Planner;
import io.osmo.backend.internal.engine.PreflightGate;
import io.osmo.backend.internal.engine.Providers;
import io.osmo.backend.internal.engine.Sessions;
import io.osmo.backend.internal.registry.DefaultRegistryHttp;
import io.osmo.backend.internal.service.ServiceDeparture;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.service.OsmoServiceClientBuilder;
import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spec.SecretResolver;
import io.osmo.backend.spi.BackendLock;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.RegistryHttp;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.ServiceDefaults;
import io.osmo.backend.spi.SystemScheduler;
import io.osmo.backend.values.OsmoValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The entry point: plans, applies, lists and gets OSMO backends with the providers on the class path. Safe for concurrent use. Clients
 * are created when they are first needed, shared, and closed by {@link #close()}. Blocking reads end after {@value #READ_MINUTES} minutes
 * with {@link DeadlineExceededException}; a blocked thread that is interrupted gets {@link OperationCancelledException} and keeps its
 * interrupt flag.
 */
public final class OsmoBackends implements AutoCloseable {
    private static final int READ_MINUTES = 5;
    private static final Duration READ_DEADLINE = Duration.ofMinutes(READ_MINUTES);

    private final Providers providers;
    private final Scheduler scheduler;
    private final boolean ownsScheduler;
    private final Optional<BackendLock> lock;
    private final Optional<SecretResolver> secrets;
    private final Optional<Secret> planKey;
    private final Preflights preflights;
    private final ServiceDeparture departure;
    private final Sessions sessions;
    private final Set<Apply> applies = ConcurrentHashMap.newKeySet();

    private OsmoBackends(Builder builder) {
        this.providers = Providers.discover(builder.providers);
        this.ownsScheduler = builder.scheduler == null;
        this.scheduler = builder.scheduler == null ? new SystemScheduler() : builder.scheduler;
        this.lock = Optional.ofNullable(builder.lock);
        this.secrets = Optional.ofNullable(builder.secrets);
        this.planKey = Optional.ofNullable(builder.planKey);
        this.sessions = new Sessions(providers, scheduler, builder.settings);
        RegistryHttp registries = builder.registries == null ? new DefaultRegistryHttp() : builder.registries;
        this.departure = new ServiceDeparture(Optional.ofNullable(builder.osmoService), scheduler, secrets);
        this.preflights = new Preflights(sessions, scheduler, registries, departure.how(), Map.copyOf(builder.regions));
    }

    /**
     * Opens with the providers that {@link java.util.ServiceLoader} finds and with real time.
     *
     * @throws ProviderNotFoundException when two providers claim the same id
     */
    public static OsmoBackends open() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The providers that were given or found. */
    public List<CloudProvider> providers() {
        return providers.all();
    }

    /**
     * Checks everything that can be known before anything is created. Changes nothing. Blocks.
     *
     * @throws InvalidSpecException when the spec breaks a rule that needs no cloud; nothing was called then
     */
    public PreflightReport preflight(BackendSpec spec) {
        return preflight(spec, Optional.empty());
    }

    /**
     * Like {@link #preflight(BackendSpec)}, for what this plan creates and changes: unchanged pools need no quota, and the extra nodes of
     * a replacement count. For a plan that changes nothing, only the credentials are checked.
     *
     * @throws IllegalArgumentException for a plan to destroy, which creates nothing; {@link Plan#guards()} says what prevents it
     * @throws InvalidSpecException when the plan's spec breaks a rule that needs no cloud, such as a secret that is not supplied
     */
    public PreflightReport preflight(Plan plan) {
        return preflight(Preflights.wanted(plan), Optional.of(plan));
    }

    private PreflightReport preflight(BackendSpec spec, Optional<Plan> plan) {
        return new PreflightReport(spec, plan, scheduler.now(), read(preflights.run(checked(spec), plan)));
    }

    /**
     * Estimates what the backend costs per hour, by list prices, which are cached for a day. The estimate names prices that could not
     * be read. Changes nothing.
     *
     * @throws InvalidSpecException with all violations
     */
    public CostEstimate estimate(BackendSpec spec) {
        return read(preflights.estimate(checked(spec)));
    }

    /**
     * Reads the cloud and plans the changes that the spec needs. Changes nothing. Blocks.
     *
     * @throws InvalidSpecException with all violations; when they need no cloud, nothing was called
     * @throws ProviderNotFoundException when the spec's provider is not on the class path
     * @throws io.osmo.backend.error.OwnershipConflictException if foreign objects have names that the backend needs
     * @throws io.osmo.backend.error.UnsupportedChangeException if fields differ that cannot be changed
     * @throws io.osmo.backend.error.CloudException when the cloud cannot be read
     */
    public Plan plan(BackendSpec spec) {
        BackendSpec resolved = checked(spec);
        return read(Planner.plan(sessions.of(resolved), resolved));
    }

    /**
     * Plans the deletion of the whole backend. Changes nothing. Uses the {@linkplain Builder#settings settings} of this entry point,
     * because there is no spec.
     *
     * @throws ProviderNotFoundException when the provider is not on the class path
     * @throws io.osmo.backend.error.CloudException when the cloud cannot be read
     */
    public Plan planDestroy(BackendRef ref) {
        return read(Planner.planDestroy(sessions.of(ref), ref, Optional.empty()));
    }

    /**
     * Like {@link #planDestroy(BackendRef)}, but with the settings of the spec, for example its role. The plan
     * keeps the spec, so that applying it does the same. If the spec names an OSMO service, a warning says what to remove there.
     */
    public Plan planDestroy(BackendSpec spec) {
        return read(departure.warn(Planner.planDestroy(sessions.of(spec), spec.ref(), Optional.of(spec))));
    }

    /**
     * The cloud permissions that one use of a backend needs, with policies that grant exactly these. Calls no cloud and needs no
     * credentials.
     *
     * @throws InvalidSpecException when the spec breaks a rule that needs no cloud
     * @throws ProviderNotFoundException when the spec's provider is not on the class path
     */
    public Permissions permissions(BackendSpec spec, Use use) {
        return providers.require(spec.provider()).permissions(checked(spec), use);
    }

    /**
     * The cloud permissions that applying this plan needs. Calls no cloud.
     *
     * @throws ProviderNotFoundException when the plan's provider is not on the class path
     */
    public Permissions permissions(Plan plan) {
        return providers.require(plan.ref().provider()).permissions(plan);
    }

    /**
     * Values of OSMO's Helm charts for a backend, for its operator and for the service. Calls no cloud, so network policies, which need
     * address ranges, are left out.
     *
     * @throws InvalidSpecException when the spec has no {@code osmo.release}
     */
    public OsmoValues values(BackendSpec spec) {
        return OsmoValues.of(spec, providers.require(spec.provider()).defaults(), Optional.empty());
    }

    /**
     * Like {@link #values(BackendSpec)}, with what the cloud, or the nodes of an existing cluster, show. Blocks for a few calls.
     *
     * @throws io.osmo.backend.error.CloudException when the cloud or the cluster cannot be read
     */
    public OsmoValues values(BackendSpec spec, Backend backend) {
        ServiceDefaults service = read(sessions.of(spec).defaultsByNodes(backend.ref()))
                .orElseGet(() -> providers.require(spec.provider()).defaults());
        return OsmoValues.of(spec, service, backend.facts());
    }

    /** Like {@link #apply(Plan, ApplyOptions)} with the defaults. */
    public Backend apply(Plan plan) {
        return apply(plan, ApplyOptions.defaults());
    }

    /** Like {@link #apply(Plan, ApplyOptions)} with one listener. */
    public Backend apply(Plan plan, ProgressListener listener) {
        return apply(plan, ApplyOptions.defaults().listener(listener));
    }

    /**
     * Applies a plan and blocks until it has ended. Resumes an earlier apply that was interrupted. A second apply of the same backend
     * waits for the first one.
     *
     * @throws io.osmo.backend.error.StalePlanException if the apply would do more than the plan says, or if the credentials are for
     *     another account; nothing was changed
     * @throws io.osmo.backend.error.PreflightRequiredException if the options require a preflight that has not passed, or that does not
     *     cover the plan; nothing was changed
     * @throws io.osmo.backend.error.DisruptionNotAllowedException if the plan disrupts running work more than the options allow; nothing
     *     was changed
     * @throws io.osmo.backend.error.GuardedException if something to be deleted is protected or contains foreign objects; nothing was
     *     changed
     * @throws io.osmo.backend.error.PartialApplyException when some resources failed; the others are done
     * @throws OperationCancelledException when the thread was interrupted
     * @throws DeadlineExceededException when the options' deadline has passed
     */
    public Backend apply(Plan plan, ApplyOptions options) {
        return start(plan, options).await();
    }

    /**
     * Starts to apply a plan and returns immediately.
     *
     * @throws io.osmo.backend.error.PreflightRequiredException if the options require a preflight that has not passed, or that does not
     *     cover the plan
     * @throws io.osmo.backend.error.DisruptionNotAllowedException if the plan disrupts running work more than the options allow
     * @throws InvalidSpecException when the plan's spec breaks a rule that needs no cloud, such as a secret that is not supplied
     * @throws ProviderNotFoundException when the plan's provider is not on the class path
     */
    public ApplyHandle start(Plan plan, ApplyOptions options) {
        PreflightGate.require(plan, options, scheduler.now());
        AllowedCheck.require(plan, plan.changes(), options.allowedDisruption());
        Optional<BackendSpec> spec =
                plan.kind() == Plan.Kind.DESTROY ? plan.spec() : plan.spec().map(this::checked);
        CloudSession session = spec.map(known -> sessions.of(known)).orElseGet(() -> sessions.of(plan.ref()));
        Apply apply = new Apply(scheduler, session, lock, plan, spec, options);
        CompletableFuture<Backend> future = apply.start()
                .thenCompose(applied -> departure
                        .and(plan, applied.leftovers())
                        .thenApply(
                                left -> Backend.of(plan.ref(), applied, left, () -> read(session.facts(plan.ref())))));
        applies.add(apply);
        future.whenComplete((backend, error) -> applies.remove(apply));
        return new ApplyHandle(plan, apply, scheduler, options.deadline(), future);
    }

    /** A plan as JSON, to be stored or approved; signed if there is a {@linkplain Builder#planKey key}. */
    public String toJson(Plan plan) {
        return planKey.map(plan::toSignedJson).orElseGet(plan::toJson);
    }

    /**
     * Reads the output of {@link #toJson}, from this process or another one with the same key.
     *
     * @throws InvalidSpecException if the text is not a plan, was changed after it was written, or is not signed with the {@linkplain
     *     Builder#planKey key}, if there is one
     */
    public Plan planFromJson(String text) {
        return planKey.map(key -> Plan.fromSignedJson(text, key)).orElseGet(() -> Plan.fromJson(text));
    }

    /** All backends in one region that this library created, by their ownership tags. */
    public List<BackendRef> list(String provider, String region) {
        return read(sessions.of(provider, region).list());
    }

    /** An existing backend; empty if none of its resources exist. */
    public Optional<Backend> get(BackendRef ref) {
        return get(sessions.of(ref), ref, Optional.empty());
    }

    /** Like {@link #get(BackendRef)}, with the settings of the spec. The result has the spec, so verification compares with it. */
    public Optional<Backend> get(BackendSpec spec) {
        return get(sessions.of(spec), spec.ref(), Optional.of(spec));
    }

    /**
     * Finds out why nodes did not join: for each pool one cause, one remedy, the evidence, and what could not be read. Changes nothing.
     *
     * @throws io.osmo.backend.error.CloudException if the pools cannot be read
     */
    public Diagnosis diagnose(BackendRef ref) {
        return read(sessions.of(ref).diagnose(ref));
    }

    /** Like {@link #diagnose(BackendRef)}, but with the settings of the spec. */
    public Diagnosis diagnose(BackendSpec spec) {
        return read(sessions.of(spec).diagnose(spec.ref()));
    }

    /** Reads what a destroyed backend has left behind, or what exists of a backend that was not destroyed. */
    public List<Leftover> leftovers(BackendRef ref) {
        return read(sessions.of(ref).leftovers(ref));
    }

    /** Like {@link #leftovers(BackendRef)}, but with the settings of the spec. */
    public List<Leftover> leftovers(BackendSpec spec) {
        return read(departure.and(sessions.of(spec).leftovers(spec.ref()), Optional.of(spec)));
    }

    private Optional<Backend> get(CloudSession session, BackendRef ref, Optional<BackendSpec> spec) {
        Inventory inventory = read(session.observe(ref, Optional.empty()));
        return inventory.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Backend(ref, spec, session.access(inventory), List.of(), () -> read(session.facts(ref))));
    }

    private BackendSpec checked(BackendSpec spec) {
        return providers.checked(secrets.map(spec::withSecrets).orElse(spec));
    }

    private <T> T read(CompletableFuture<T> future) {
        try {
            return scheduler.await(future, READ_DEADLINE);
        } catch (TimeoutException e) {
            throw new DeadlineExceededException("the cloud did not answer", READ_DEADLINE, "", List.of(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("reading the cloud was interrupted", List.of());
        }
    }

    /** The ids of its providers. */
    @Override
    public String toString() {
        return "OsmoBackends with " + providers;
    }

    /** Closes all clients, and the threads unless a scheduler was given. Running applies are cancelled. */
    @Override
    public void close() {
        List<CloudSession> open = sessions.shut();
        applies.forEach(Apply::cancel);
        open.forEach(CloudSession::close);
        if (ownsScheduler) {
            scheduler.close();
        }
    }

    /** Sets providers, scheduler, secrets and the like. Not safe for concurrent use. */
    public static final class Builder {
        private final List<CloudProvider> providers = new ArrayList<>();
        private @Nullable Scheduler scheduler;
        private @Nullable BackendLock lock;
        private @Nullable SecretResolver secrets;
        private @Nullable Secret planKey;
        private @Nullable RegistryHttp registries;
        private final Map<String, List<String>> regions = new HashMap<>();
        private @Nullable UnaryOperator<OsmoServiceClientBuilder> osmoService;
        private final Map<String, ProviderSettings> settings = new HashMap<>();

        private Builder() {}

        /** Uses this provider instead of one with the same id on the class path. */
        public Builder provider(CloudProvider provider) {
            providers.add(provider);
            return this;
        }

        /** The source of time, threads and randomness; not closed by {@link OsmoBackends#close()}. Default: real time. */
        public Builder scheduler(Scheduler scheduler) {
            this.scheduler = scheduler;
            return this;
        }

        /** A lock for applies of several processes. Applies in one JVM are serialized without it. Default: none. */
        public Builder lock(BackendLock lock) {
            this.lock = lock;
            return this;
        }

        /** Supplies the secrets that stored specs and plans only name. */
        public Builder secrets(SecretResolver secrets) {
            this.secrets = secrets;
            return this;
        }

        /**
         * Signs the plans that {@link OsmoBackends#toJson} writes with HMAC-SHA256; {@link OsmoBackends#planFromJson} then reads only
         * signed plans. Use a key if others can write to the place where plans are stored or approved. Default: none.
         *
         * @param key a key of the host; at least 32 random bytes as text are recommended
         */
        public Builder planKey(Secret key) {
            this.planKey = key;
            return this;
        }

        /** Other acceptable regions for a provider. A preflight names those with room if a quota or a type is refused. Default: none. */
        public Builder alternativeRegions(String provider, String... names) {
            regions.put(provider, List.of(names));
            return this;
        }

        /**
         * How a preflight checks the credentials of pull secrets with image registries. Default: over the network, with the proxy and the
         * certificate authorities of the JVM.
         */
        public Builder registries(RegistryHttp http) {
            this.registries = http;
            return this;
        }

        /**
         * Calls the OSMO service of a spec: a preflight checks its release, the token and the name, a destruction what is left there.
         * Default: it is not called. Pass {@code client -> client}, or configure it: {@code client -> client.trust(pem)}.
         */
        public Builder osmoService(UnaryOperator<OsmoServiceClientBuilder> how) {
            this.osmoService = how;
            return this;
        }

        /**
         * Settings for calls without a spec, such as destroy, get and list. A spec has its own settings. Later settings replace earlier
         * ones of the same provider. Default: none.
         */
        public Builder settings(ProviderSettings settings) {
            this.settings.put(settings.provider(), settings);
            return this;
        }

        /** @throws ProviderNotFoundException when two providers claim the same id */
        public OsmoBackends build() {
            return new OsmoBackends(this);
        }
    }
}
