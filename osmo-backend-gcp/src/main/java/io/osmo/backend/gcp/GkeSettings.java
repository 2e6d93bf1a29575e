// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spi.provider.SettingsWriter;
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
 * Settings that only GKE has. Immutable; each getter names the default. Values are kept as given; the provider validates them
 * together with the spec, so that all violations are reported at once.
 */
public final class GkeSettings implements ProviderSettings {
    /** Default range of pod addresses: 1,024 nodes of 110 pods each. */
    static final String POD_CIDR = "100.64.0.0/14";

    private static final GkeSettings DEFAULTS = builder().build();

    private final @Nullable String project;
    private final @Nullable String quotaProject;
    private final @Nullable String impersonate;
    private final ReleaseChannel releaseChannel;
    private final @Nullable ClusterLocation location;
    private final @Nullable Boolean dnsEndpoint;
    private final String podCidr;
    private final @Nullable String podRange;
    private final @Nullable String serviceRange;
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
        podRange = builder.podRange;
        serviceRange = builder.serviceRange;
        flowLogs = builder.flowLogs;
        enableServices = builder.enableServices;
        gpuDriver = builder.gpuDriver;
        pools = Map.copyOf(builder.pools);
        endpoints = Map.copyOf(builder.endpoints);
        clusterEndpoint = builder.clusterEndpoint;
        clusterCertificate = builder.clusterCertificate;
    }

    /** Settings with all defaults. */
    public static GkeSettings defaults() {
        return DEFAULTS;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The GKE settings of a spec, or the defaults; validation refuses settings of another provider. */
    public static GkeSettings of(Optional<ProviderSettings> settings) {
        return ProviderSettings.ofType(settings, DEFAULTS);
    }

    /**
     * Reads what {@link #toMap()} wrote, or {@code settings:} of a spec.
     *
     * @param problems receives each unknown key and each value of the wrong type, with its path
     * @return empty when there were problems
     */
    public static Optional<GkeSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        return GkeSettingsReader.read(data, problems);
    }

    @Override
    public String provider() {
        return GcpProvider.ID;
    }

    /** Id of the project; default {@code GOOGLE_CLOUD_PROJECT}, or else the project of the credentials. */
    public Optional<String> project() {
        return Optional.ofNullable(project);
    }

    /** Id of the project that is billed for calls and whose quota they use; default that of the credentials. */
    public Optional<String> quotaProject() {
        return Optional.ofNullable(quotaProject);
    }

    /** Email of the service account to impersonate, such as {@code builder@p.iam.gserviceaccount.com}; default none. */
    public Optional<String> impersonate() {
        return Optional.ofNullable(impersonate);
    }

    /** Release channel of the cluster; default {@link ReleaseChannel#REGULAR}. */
    public ReleaseChannel releaseChannel() {
        return releaseChannel;
    }

    /**
     * Where the control plane runs; default {@link ClusterLocation#REGIONAL} in the production profile, {@link
     * ClusterLocation#ZONAL} in the development profile. An existing cluster stays where it is.
     */
    public Optional<ClusterLocation> location() {
        return Optional.ofNullable(location);
    }

    /**
     * Whether the API is reached by its DNS name, where Google authenticates callers before a request gets to the cluster. Default:
     * true if the spec makes the API private, because otherwise only its network could reach it; else false. See <a
     * href="https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation">network isolation</a>.
     */
    public Optional<Boolean> dnsEndpoint() {
        return Optional.ofNullable(dnsEndpoint);
    }

    /**
     * IPv4 range of pod addresses in CIDR notation; default {@code 100.64.0.0/14}, enough for 1,024 nodes. Each node takes a /24 of
     * it. It must have room for all pools at their maximum and overlap neither {@code network.cidr} nor {@code
     * network.serviceCidr}. Ignored with an existing network.
     */
    public String podCidr() {
        return podCidr;
    }

    /**
     * Name of the secondary range of pods in the existing subnet; default the wider one of a subnet with two secondary ranges. Required
     * if the subnet has more than two. Only with {@code network.existing}.
     */
    public Optional<String> podRange() {
        return Optional.ofNullable(podRange);
    }

    /**
     * Name of the secondary range of services in the existing subnet; default the narrower one of a subnet with two secondary ranges.
     * Required if the subnet has more than two. Only with {@code network.existing}.
     */
    public Optional<String> serviceRange() {
        return Optional.ofNullable(serviceRange);
    }

    /** Whether VPC flow logs of the subnet are on; default false, since Google bills flow logs by volume. */
    public boolean flowLogs() {
        return flowLogs;
    }

    /** Whether an apply enables services that the project lacks; default false: a plan reports them instead. */
    public boolean enableServices() {
        return enableServices;
    }

    /** Who installs driver and device plugin on GPU nodes; default {@link GpuDriver#GPU_OPERATOR}. */
    public GpuDriver gpuDriver() {
        return gpuDriver;
    }

    /** Settings of one pool of the spec; default {@link PoolSettings#DEFAULTS}. */
    public PoolSettings pool(String name) {
        return pools.getOrDefault(name, PoolSettings.DEFAULTS);
    }

    /** Settings of pools by the name of the pool in the spec; default none. */
    public Map<String, PoolSettings> pools() {
        return pools;
    }

    /**
     * Endpoints other than Google's own, such as private endpoints, proxies and emulators; default {@code OSMO_GCP_ENDPOINTS}, or else
     * Google's own.
     */
    public Map<GcpService, URI> endpoints() {
        return endpoints;
    }

    /** URL of the Kubernetes API, such as the local end of a tunnel; default the endpoint that GKE names. */
    public Optional<URI> clusterEndpoint() {
        return Optional.ofNullable(clusterEndpoint);
    }

    /** Certificate authority of {@link #clusterEndpoint()} in PEM; default the one that GKE names. */
    public Optional<String> clusterCertificate() {
        return Optional.ofNullable(clusterCertificate);
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> ofPools = new LinkedHashMap<>();
        new TreeMap<>(pools).forEach((name, pool) -> ofPools.put(name, map(pool)));
        Map<String, Object> ofServices = new LinkedHashMap<>();
        new TreeMap<>(endpoints)
                .forEach((service, uri) -> ofServices.put(service.name().toLowerCase(Locale.ROOT), uri.toString()));
        return new SettingsWriter()
                .put("project", project)
                .put("quotaProject", quotaProject)
                .put("impersonate", impersonate)
                .put("releaseChannel", releaseChannel, ReleaseChannel.REGULAR)
                .put("location", location)
                .put("dnsEndpoint", dnsEndpoint)
                .put("podCidr", podCidr, POD_CIDR)
                .put("podRange", podRange)
                .put("serviceRange", serviceRange)
                .put("flowLogs", flowLogs, false)
                .put("enableServices", enableServices, false)
                .put("gpuDriver", gpuDriver, GpuDriver.GPU_OPERATOR)
                .put("pools", ofPools, Map.of())
                .put("endpoints", ofServices, Map.of())
                .put("clusterEndpoint", clusterEndpoint)
                .put("clusterCertificate", clusterCertificate)
                .toMap();
    }

    private static Map<String, Object> map(PoolSettings pool) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("flexStart", pool.flexStart());
        map.put("anyReservation", pool.anyReservation());
        map.put("compact", pool.compact());
        pool.diskType().ifPresent(type -> map.put("diskType", type));
        return map;
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
        private @Nullable String podRange;
        private @Nullable String serviceRange;
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

        public Builder podRange(String name) {
            podRange = name;
            return this;
        }

        public Builder serviceRange(String name) {
            serviceRange = name;
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
