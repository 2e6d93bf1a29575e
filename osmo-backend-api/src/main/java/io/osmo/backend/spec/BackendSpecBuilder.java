// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.spec.SpecRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link BackendSpec}. Methods can be called in any order. Defaults depend on the {@link Profile}. Nothing is checked
 * before {@link #build()}, which reports all violations at once. A method for a part of the spec can be called repeatedly; each
 * call changes what earlier calls have set. Not safe for concurrent use.
 */
public final class BackendSpecBuilder {
    /** Name of the operator pool; no other pool can have it. */
    public static final String OPERATOR_POOL = "operator";

    private final String name;
    private String provider = "";
    private String region = "";
    private Profile profile = Profile.PRODUCTION;
    private @Nullable String kubernetesVersion;
    private @Nullable NodePoolBuilder operatorPool;
    private final List<NodePoolBuilder> computePools = new ArrayList<>();
    private NetworkBuilder network = new NetworkBuilder();
    private ApiEndpointBuilder apiEndpoint = new ApiEndpointBuilder();
    private StorageBuilder storage = new StorageBuilder();
    private BackupBuilder backup = new BackupBuilder();
    private EncryptionBuilder encryption = new EncryptionBuilder();
    private final List<PullSecret> pullSecrets = new ArrayList<>();
    private @Nullable OsmoServiceBuilder osmo;
    private final List<ChartBuilder> charts = new ArrayList<>();
    private final List<String> admins = new ArrayList<>();
    private @Nullable Boolean deletionProtection;
    private NodeImages nodeImages = NodeImages.KEEP;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private @Nullable ProviderSettings settings;

    BackendSpecBuilder(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    static BackendSpecBuilder of(BackendSpec spec) {
        BackendSpecBuilder builder = new BackendSpecBuilder(spec.name());
        builder.provider = spec.provider();
        builder.region = spec.region();
        builder.profile = spec.profile();
        builder.kubernetesVersion = spec.kubernetesVersion().orElse(null);
        builder.operatorPool = spec.operatorPool().map(NodePoolBuilder::of).orElse(null);
        spec.computePools().stream().map(NodePoolBuilder::of).forEach(builder.computePools::add);
        builder.network = NetworkBuilder.of(spec.network());
        builder.apiEndpoint = ApiEndpointBuilder.of(spec.apiEndpoint());
        builder.storage = StorageBuilder.of(spec.storage());
        builder.backup = BackupBuilder.of(spec.backup());
        builder.encryption = EncryptionBuilder.of(spec.encryption());
        builder.pullSecrets.addAll(spec.pullSecrets());
        builder.osmo = spec.osmo().map(OsmoServiceBuilder::of).orElse(null);
        spec.charts().stream().map(ChartBuilder::of).forEach(builder.charts::add);
        builder.admins.addAll(spec.admins());
        builder.deletionProtection = spec.deletionProtection();
        builder.nodeImages = spec.nodeImages();
        builder.tags.putAll(spec.tags());
        builder.settings = spec.settings().orElse(null);
        return builder;
    }

    /**
     * The cloud and region of the backend. Required.
     *
     * @param provider provider id, such as {@code aws}
     * @param region region in the cloud's own spelling, such as {@code us-west-2}
     */
    public BackendSpecBuilder on(String provider, String region) {
        this.provider = Objects.requireNonNull(provider, "provider");
        this.region = Objects.requireNonNull(region, "region");
        return this;
    }

    /** Determines the default of everything that is not set. Default: {@link Profile#PRODUCTION}. */
    public BackendSpecBuilder profile(Profile profile) {
        this.profile = Objects.requireNonNull(profile, "profile");
        return this;
    }

    /** {@code major.minor}, 1.30 or newer (CP-2). Default: the newest that the cloud offers as generally available. */
    public BackendSpecBuilder kubernetesVersion(String majorMinor) {
        kubernetesVersion = Objects.requireNonNull(majorMinor, "majorMinor");
        return this;
    }

    /**
     * The pool of the OSMO operator (OP-1 to OP-5). Production always has one; in development there is one only if this is
     * called. Default: an instance type that the provider picks, 1 to 3 nodes, 100 GiB, not tainted.
     */
    public BackendSpecBuilder operatorPool(Consumer<NodePoolBuilder> pool) {
        if (operatorPool == null) {
            operatorPool = new NodePoolBuilder(OPERATOR_POOL, PoolRole.OPERATOR);
        }
        pool.accept(operatorPool);
        return this;
    }

    /** A further pool for workflows without GPUs. At least one pool for workflows is required (CN-1). */
    public BackendSpecBuilder computePool(String name, Consumer<NodePoolBuilder> pool) {
        return addPool(new NodePoolBuilder(name, PoolRole.CPU), pool);
    }

    /** A further pool for workflows with GPUs. */
    public BackendSpecBuilder gpuPool(String name, Consumer<NodePoolBuilder> pool) {
        return addPool(new NodePoolBuilder(name, PoolRole.GPU), pool);
    }

    private BackendSpecBuilder addPool(NodePoolBuilder builder, Consumer<NodePoolBuilder> pool) {
        pool.accept(builder);
        computePools.add(builder);
        return this;
    }

    /**
     * Changes a CPU or GPU pool that was added before, as in {@code spec.toBuilder().changePool("cpu", p -> p.scale(2, 40))}.
     *
     * @throws NoSuchElementException when there is no such pool
     */
    public BackendSpecBuilder changePool(String name, Consumer<NodePoolBuilder> pool) {
        pool.accept(computePools.stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> noSuchPool(name)));
        return this;
    }

    /**
     * Removes a CPU or GPU pool that was added before; a plan then deletes it.
     *
     * @throws NoSuchElementException when there is no such pool
     */
    public BackendSpecBuilder removePool(String name) {
        if (!computePools.removeIf(p -> p.name().equals(name))) {
            throw noSuchPool(name);
        }
        return this;
    }

    private NoSuchElementException noSuchPool(String name) {
        return new NoSuchElementException("no compute pool " + name + "; there are "
                + computePools.stream().map(NodePoolBuilder::name).collect(Collectors.joining(", ", "[", "]")));
    }

    /** The network (NW-1, NW-2). Default: a new one, {@code 10.0.0.0/16}, 3 zones in production, else 2. */
    public BackendSpecBuilder network(Consumer<NetworkBuilder> network) {
        network.accept(this.network);
        return this;
    }

    /** Who can reach the Kubernetes API. Default: in production the cluster's network only, in development everyone. */
    public BackendSpecBuilder apiEndpoint(Consumer<ApiEndpointBuilder> apiEndpoint) {
        apiEndpoint.accept(this.apiEndpoint);
        return this;
    }

    /** The default StorageClass (ST-1). */
    public BackendSpecBuilder storage(Consumer<StorageBuilder> storage) {
        storage.accept(this.storage);
        return this;
    }

    /** Cloud-native backup (ST-3). Default: on in production, kept for 35 days. */
    public BackendSpecBuilder backup(Consumer<BackupBuilder> backup) {
        backup.accept(this.backup);
        return this;
    }

    /** Encryption at rest (SC-1, SC-2). Default: a key is created. */
    public BackendSpecBuilder encryption(Consumer<EncryptionBuilder> encryption) {
        encryption.accept(this.encryption);
        return this;
    }

    /**
     * Credentials for a registry (RG-2, RG-3); the password is fetched when it is needed. In a written spec it appears as
     * {@code external:} and the registry.
     *
     * @param registry host, with a port if it has one, such as {@code nvcr.io}
     */
    public BackendSpecBuilder pullSecret(String registry, String username, Supplier<String> password) {
        return pullSecret(registry, username, Secret.of(registry, password));
    }

    /** Credentials for a registry, in a Kubernetes Secret named after the registry, such as {@code nvcr-io-pull}. */
    public BackendSpecBuilder pullSecret(String registry, String username, Secret password) {
        return pullSecret(registry, username, password, PullSecret.defaultName(registry));
    }

    /** Credentials for a registry, in a Kubernetes Secret of this name. */
    public BackendSpecBuilder pullSecret(String registry, String username, Secret password, String secretName) {
        pullSecrets.add(ImmutablePullSecret.builder()
                .registry(registry)
                .username(username)
                .password(password)
                .secretName(secretName)
                .build());
        return this;
    }

    /** The OSMO service that the backend registers with. Default: none; the backend has to be connected by other means. */
    public BackendSpecBuilder osmo(Consumer<OsmoServiceBuilder> osmo) {
        if (this.osmo == null) {
            this.osmo = new OsmoServiceBuilder();
        }
        osmo.accept(this.osmo);
        return this;
    }

    /**
     * A further Helm chart to install in the cluster, such as the scheduler, the GPU operator or OSMO's own operator. Charts are opt-in:
     * without this none is installed.
     *
     * @param name name of the Helm release
     */
    public BackendSpecBuilder chart(String name, Consumer<ChartBuilder> chart) {
        ChartBuilder builder = new ChartBuilder(name);
        chart.accept(builder);
        charts.add(builder);
        return this;
    }

    /**
     * Changes a chart that was added before, as in {@code spec.toBuilder().changeChart("kai-scheduler", c -> c.version("0.9.2"))}.
     *
     * @throws NoSuchElementException when there is no such chart
     */
    public BackendSpecBuilder changeChart(String name, Consumer<ChartBuilder> chart) {
        chart.accept(
                charts.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow(() -> noSuchChart(name)));
        return this;
    }

    /**
     * Removes a chart that was added before; a plan then uninstalls it.
     *
     * @throws NoSuchElementException when there is no such chart
     */
    public BackendSpecBuilder removeChart(String name) {
        if (!charts.removeIf(c -> c.name().equals(name))) {
            throw noSuchChart(name);
        }
        return this;
    }

    private NoSuchElementException noSuchChart(String name) {
        return new NoSuchElementException("no chart " + name + "; there are "
                + charts.stream().map(ChartBuilder::name).collect(Collectors.joining(", ", "[", "]")));
    }

    /** A cluster administrator in addition to the creator: a role ARN, a user or a group, as the cloud writes it. */
    public BackendSpecBuilder admin(String principal) {
        admins.add(Objects.requireNonNull(principal, "principal"));
        return this;
    }

    /** Whether the cloud's own deletion protection is set on the cluster. Default: yes in production, else no. */
    public BackendSpecBuilder deletionProtection(boolean on) {
        deletionProtection = on;
        return this;
    }

    /** What happens when the cloud has a newer image for the nodes. Default: {@link NodeImages#KEEP}. */
    public BackendSpecBuilder nodeImages(NodeImages images) {
        nodeImages = Objects.requireNonNull(images, "images");
        return this;
    }

    /** A tag (on some clouds, a label) for everything that is created. Keys that begin with {@code osmo-} are reserved. */
    public BackendSpecBuilder tag(String key, String value) {
        tags.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /** Settings that only one provider has, such as {@code EksSettings}. Default: the provider's defaults. */
    public BackendSpecBuilder settings(ProviderSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        return this;
    }

    BackendSpecBuilder resolveSecrets(SecretResolver resolver) {
        pullSecrets.replaceAll(s -> ImmutablePullSecret.builder()
                .from(s)
                .password(s.password().resolvedBy(resolver))
                .build());
        if (osmo != null) {
            osmo.resolveSecrets(resolver);
        }
        charts.forEach(chart -> chart.resolveSecrets(resolver));
        return this;
    }

    /** All violations of what has been set so far; empty if {@link #build()} would succeed. */
    public List<Violation> violations() {
        return SpecRules.check(draft());
    }

    /**
     * Builds the spec. Rules that depend on the provider or the cloud are checked when a plan is made.
     *
     * @throws InvalidSpecException with all violations, if there are any
     */
    public BackendSpec build() {
        BackendSpec spec = draft();
        List<Violation> violations = SpecRules.check(spec);
        if (!violations.isEmpty()) {
            throw new InvalidSpecException(violations);
        }
        return spec;
    }

    private BackendSpec draft() {
        boolean production = profile == Profile.PRODUCTION;
        NodePoolBuilder operator = operatorPool == null && production
                ? new NodePoolBuilder(OPERATOR_POOL, PoolRole.OPERATOR)
                : operatorPool;
        return ImmutableBackendSpec.builder()
                .name(name)
                .provider(provider)
                .region(region)
                .profile(profile)
                .kubernetesVersion(Optional.ofNullable(kubernetesVersion))
                .operatorPool(Optional.ofNullable(operator).map(NodePoolBuilder::draft))
                .computePools(computePools.stream().map(NodePoolBuilder::draft).toList())
                .network(network.draft(profile))
                .apiEndpoint(apiEndpoint.draft(profile))
                .storage(storage.draft())
                .backup(backup.draft(profile))
                .encryption(encryption.draft())
                .pullSecrets(pullSecrets)
                .osmo(Optional.ofNullable(osmo).map(builder -> builder.draft(name)))
                .charts(charts.stream().map(ChartBuilder::draft).toList())
                .admins(admins)
                .deletionProtection(deletionProtection != null ? deletionProtection : production)
                .nodeImages(nodeImages)
                .tags(tags)
                .settings(Optional.ofNullable(settings))
                .build();
    }
}
