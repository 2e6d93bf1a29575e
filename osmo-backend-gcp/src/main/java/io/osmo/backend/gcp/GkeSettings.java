// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.ProviderSettings;
import java.net.URI;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What only GKE has. Immutable; what is not set has the default that is given with its getter. Values are held as given and
 * judged by the provider's validation together with the spec, so that all violations are reported at once.
 */
public final class GkeSettings implements ProviderSettings {
    /** Range of pods by default: 1,024 nodes of 110 pods each. */
    static final String POD_CIDR = "100.64.0.0/14";

    private static final GkeSettings DEFAULTS = builder().build();

    private final @Nullable String project;
    private final @Nullable String quotaProject;
    private final @Nullable String impersonate;
    private final ReleaseChannel releaseChannel;
    private final @Nullable ClusterLocation location;
    private final @Nullable Boolean dnsEndpoint;
    private final String podCidr;
    private final boolean flowLogs;
    private final boolean enableServices;
    private final GpuDriver gpuDriver;
    private final Map<String, PoolSettings> pools;
    private final Map<GcpService, URI> endpoints;
    private final @Nullable URI clusterEndpoint;
    private final @Nullable String clusterCertificate;

    private GkeSettings(Builder builder) {
        project = builder.project;
        quotaProject = builder.quotaProject;
        impersonate = builder.impersonate;
        releaseChannel = builder.releaseChannel;
        location = builder.location;
        dnsEndpoint = builder.dnsEndpoint;
        podCidr = builder.podCidr;
        flowLogs = builder.flowLogs;
        enableServices = builder.enableServices;
        gpuDriver = builder.gpuDriver;
        pools = Map.copyOf(builder.pools);
        endpoints = Map.copyOf(builder.endpoints);
        clusterEndpoint = builder.clusterEndpoint;
        clusterCertificate = builder.clusterCertificate;
    }

    /** Settings of which none is set. */
    public static GkeSettings defaults() {
        return DEFAULTS;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The GKE settings of a spec, or the defaults; settings of another provider are refused by validation. */
    public static GkeSettings of(Optional<ProviderSettings> settings) {
        return settings.filter(GkeSettings.class::isInstance)
                .map(GkeSettings.class::cast)
                .orElse(DEFAULTS);
    }

    /**
     * Reads what {@link #toMap()} wrote, or what stands under {@code settings:} in a spec.
     *
     * @param problems is told of each unknown key and each value of the wrong type, with its path
     * @return empty when there were problems
     */
    public static Optional<GkeSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        return GkeSettingsReader.read(data, problems);
    }

    @Override
    public String provider() {
        return GcpProvider.ID;
    }

    /** Id of the project; empty means {@code GOOGLE_CLOUD_PROJECT}, or else the project of the credentials. */
    public Optional<String> project() {
        return Optional.ofNullable(project);
    }

    /** Project that calls are billed and counted to; empty means that of the credentials. */
    public Optional<String> quotaProject() {
        return Optional.ofNullable(quotaProject);
    }

    /** Service account that is impersonated with the credentials found; empty means none. */
    public Optional<String> impersonate() {
        return Optional.ofNullable(impersonate);
    }

    /** Release channel of the cluster; default {@code REGULAR}. */
    public ReleaseChannel releaseChannel() {
        return releaseChannel;
    }

    /** Where the control plane runs; empty means regional in the production profile, zonal in the development profile. */
    public Optional<ClusterLocation> location() {
        return Optional.ofNullable(location);
    }

    /**
     * Whether the API is reached by its DNS name, where Google checks who calls before a request gets to the cluster; empty
     * means yes when the spec makes the API private, since nobody outside of the network could reach it otherwise. See <a
     * href="https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation">network isolation</a>.
     */
    public Optional<Boolean> dnsEndpoint() {
        return Optional.ofNullable(dnsEndpoint);
    }

    /** Range of pod addresses, of which each node takes a /24; default {@code 100.64.0.0/14}, enough for 1,024 nodes. */
    public String podCidr() {
        return podCidr;
    }

    /** Whether flows of the subnet are logged; default false, since they are billed by volume. */
    public boolean flowLogs() {
        return flowLogs;
    }

    /** Whether services of the project that are off are switched on; default false: their absence is reported. */
    public boolean enableServices() {
        return enableServices;
    }

    /** Who installs driver and device plugin on GPU nodes; default the GPU Operator. */
    public GpuDriver gpuDriver() {
        return gpuDriver;
    }

    /** Settings of one pool of the spec. */
    public PoolSettings pool(String name) {
        return pools.getOrDefault(name, PoolSettings.DEFAULTS);
    }

    /** Pools that have settings of their own, by name. */
    public Map<String, PoolSettings> pools() {
        return pools;
    }

    /** Services that are reached elsewhere than where Google serves them: private endpoints, proxies, emulators. */
    public Map<GcpService, URI> endpoints() {
        return endpoints;
    }

    /** Where the Kubernetes API is reached instead of the endpoint that GKE names, such as the near end of a tunnel. */
    public Optional<URI> clusterEndpoint() {
        return Optional.ofNullable(clusterEndpoint);
    }

    /** Certificate authority of {@link #clusterEndpoint()} in PEM; empty means the one that GKE names. */
    public Optional<String> clusterCertificate() {
        return Optional.ofNullable(clusterCertificate);
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, "project", project);
        put(map, "quotaProject", quotaProject);
        put(map, "impersonate", impersonate);
        if (releaseChannel != ReleaseChannel.REGULAR) {
            map.put("releaseChannel", releaseChannel.name());
        }
        if (location != null) {
            map.put("location", location.name());
        }
        put(map, "dnsEndpoint", dnsEndpoint);
        if (!podCidr.equals(POD_CIDR)) {
            map.put("podCidr", podCidr);
        }
        if (flowLogs) {
            map.put("flowLogs", true);
        }
        if (enableServices) {
            map.put("enableServices", true);
        }
        if (gpuDriver != GpuDriver.GPU_OPERATOR) {
            map.put("gpuDriver", gpuDriver.name());
        }
        if (!pools.isEmpty()) {
            Map<String, Object> all = new LinkedHashMap<>();
            new TreeMap<>(pools).forEach((name, pool) -> all.put(name, map(pool)));
            map.put("pools", all);
        }
        if (!endpoints.isEmpty()) {
            Map<String, Object> all = new LinkedHashMap<>();
            new EnumMap<>(endpoints)
                    .forEach((service, uri) -> all.put(service.name().toLowerCase(Locale.ROOT), uri.toString()));
            map.put("endpoints", all);
        }
        if (clusterEndpoint != null) {
            map.put("clusterEndpoint", clusterEndpoint.toString());
        }
        put(map, "clusterCertificate", clusterCertificate);
        return map;
    }

    private static Map<String, Object> map(PoolSettings pool) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("flexStart", pool.flexStart());
        map.put("anyReservation", pool.anyReservation());
        map.put("compact", pool.compact());
        pool.diskType().ifPresent(type -> map.put("diskType", type));
        return map;
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GkeSettings settings && toMap().equals(settings.toMap());
    }

    @Override
    public int hashCode() {
        return toMap().hashCode();
    }

    @Override
    public String toString() {
        return "GkeSettings" + toMap();
    }

    /** Builds settings; each method has the meaning of the getter of the same name. */
    public static final class Builder {
        private @Nullable String project;
        private @Nullable String quotaProject;
        private @Nullable String impersonate;
        private ReleaseChannel releaseChannel = ReleaseChannel.REGULAR;
        private @Nullable ClusterLocation location;
        private @Nullable Boolean dnsEndpoint;
        private String podCidr = POD_CIDR;
        private boolean flowLogs;
        private boolean enableServices;
        private GpuDriver gpuDriver = GpuDriver.GPU_OPERATOR;
        private final Map<String, PoolSettings> pools = new LinkedHashMap<>();
        private final Map<GcpService, URI> endpoints = new EnumMap<>(GcpService.class);
        private @Nullable URI clusterEndpoint;
        private @Nullable String clusterCertificate;

        private Builder() {}

        public Builder project(String id) {
            project = id;
            return this;
        }

        public Builder quotaProject(String id) {
            quotaProject = id;
            return this;
        }

        /** Impersonates a service account, such as {@code builder@my-project.iam.gserviceaccount.com}. */
        public Builder impersonate(String serviceAccount) {
            impersonate = serviceAccount;
            return this;
        }

        public Builder releaseChannel(ReleaseChannel channel) {
            releaseChannel = channel;
            return this;
        }

        public Builder location(ClusterLocation where) {
            location = where;
            return this;
        }

        public Builder dnsEndpoint(boolean on) {
            dnsEndpoint = on;
            return this;
        }

        public Builder podCidr(String cidr) {
            podCidr = cidr;
            return this;
        }

        public Builder flowLogs(boolean on) {
            flowLogs = on;
            return this;
        }

        public Builder enableServices(boolean on) {
            enableServices = on;
            return this;
        }

        public Builder gpuDriver(GpuDriver owner) {
            gpuDriver = owner;
            return this;
        }

        /** Settings of one pool of the spec: {@code pool("h100", p -> p.withFlexStart(true))}. */
        public Builder pool(String name, UnaryOperator<PoolSettings> change) {
            pools.put(name, change.apply(pools.getOrDefault(name, PoolSettings.DEFAULTS)));
            return this;
        }

        public Builder endpoint(GcpService service, URI endpoint) {
            endpoints.put(service, endpoint);
            return this;
        }

        public Builder clusterEndpoint(URI endpoint) {
            clusterEndpoint = endpoint;
            return this;
        }

        public Builder clusterCertificate(String pem) {
            clusterCertificate = pem;
            return this;
        }

        public GkeSettings build() {
            return new GkeSettings(this);
        }
    }
}
