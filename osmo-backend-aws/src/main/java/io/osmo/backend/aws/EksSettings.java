// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.PoolRole;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spi.provider.SettingsWriter;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Settings that only EKS has. Immutable; each getter documents the default. Values are stored as given and validated by the
 * provider together with the spec, so that all violations are reported at once.
 */
public final class EksSettings implements ProviderSettings {
    private static final EksSettings DEFAULTS = builder().build();

    private final SupportType supportType;
    private final @Nullable Set<String> logTypes;
    private final Map<PoolRole, String> amiTypes;
    private final Map<String, PoolSettings> pools;
    private final Autoscaler autoscaler;
    private final boolean nodeRepair;
    private final int maxUnavailable;
    private final Map<String, String> addonVersions;
    private final int keyDeletionWindowDays;
    private final @Nullable URI clusterEndpoint;
    private final @Nullable String clusterCertificate;
    private final @Nullable String profile;
    private final @Nullable String roleArn;
    private final @Nullable URI endpointOverride;
    private final Set<EksFeature> omitted;

    private EksSettings(Builder builder) {
        supportType = builder.supportType;
        logTypes = builder.logTypes == null ? null : Set.copyOf(builder.logTypes);
        amiTypes = Map.copyOf(builder.amiTypes);
        pools = Map.copyOf(builder.pools);
        autoscaler = builder.autoscaler;
        nodeRepair = builder.nodeRepair;
        maxUnavailable = builder.maxUnavailable;
        addonVersions = Map.copyOf(builder.addonVersions);
        keyDeletionWindowDays = builder.keyDeletionWindowDays;
        clusterEndpoint = builder.clusterEndpoint;
        clusterCertificate = builder.clusterCertificate;
        profile = builder.profile;
        roleArn = builder.roleArn;
        endpointOverride = builder.endpointOverride;
        omitted = Set.copyOf(builder.omitted);
    }

    /** Settings with all defaults. */
    public static EksSettings defaults() {
        return DEFAULTS;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The EKS settings of a spec, or the defaults. Validation refuses settings of another provider. */
    public static EksSettings of(Optional<ProviderSettings> settings) {
        return ProviderSettings.ofType(settings, DEFAULTS);
    }

    /**
     * Reads what {@link #toMap()} wrote, or what is under {@code settings:} in a spec.
     *
     * @param problems receives a violation, with its path, for each unknown key and each value of the wrong type
     * @return empty if there were violations
     */
    public static Optional<EksSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        return EksSettingsReader.read(data, problems);
    }

    @Override
    public String provider() {
        return AwsProvider.ID;
    }

    /** What EKS does at the end of standard support of the Kubernetes version; default {@link SupportType#STANDARD}. */
    public SupportType supportType() {
        return supportType;
    }

    /**
     * Control-plane logs that are on, any of {@code api}, {@code audit}, {@code authenticator}, {@code controllerManager} and {@code
     * scheduler}; default all in the production profile, none in the development profile.
     */
    public Optional<Set<String>> logTypes() {
        return Optional.ofNullable(logTypes);
    }

    /**
     * Image type of the node groups of one role, in EKS's spelling: an {@code AL2023_…} or {@code BOTTLEROCKET_…} type, for GPU
     * pools an {@code …_NVIDIA} one; default the AL2023 variant that fits the machine.
     */
    public Optional<String> amiType(PoolRole role) {
        return Optional.ofNullable(amiTypes.get(role));
    }

    /** Settings of one pool of the spec; default {@link PoolSettings#DEFAULTS}. */
    public PoolSettings pool(String name) {
        return pools.getOrDefault(name, PoolSettings.DEFAULTS);
    }

    /** Settings of pools by the name of the pool in the spec; default none. */
    public Map<String, PoolSettings> pools() {
        return pools;
    }

    /** What scales the pools; default {@link Autoscaler#CLUSTER_AUTOSCALER}. */
    public Autoscaler autoscaler() {
        return autoscaler;
    }

    /** Whether EKS replaces or reboots nodes that its monitoring agent reports as broken; default true. */
    public boolean nodeRepair() {
        return nodeRepair;
    }

    /** Number of nodes of one group that may be unavailable at once during an update, 1 to 100; default 1. */
    public int maxUnavailable() {
        return maxUnavailable;
    }

    /**
     * Pinned add-on versions by add-on name, such as {@code v1.20.4-eksbuild.1}; default none: an add-on is installed in EKS's
     * default version for the Kubernetes version.
     */
    public Map<String, String> addonVersions() {
        return addonVersions;
    }

    /** Days that KMS waits before it deletes the key of a destroyed backend, 7 to 30; default 30. */
    public int keyDeletionWindowDays() {
        return keyDeletionWindowDays;
    }

    /**
     * URL of the Kubernetes API with scheme {@code http} or {@code https}, such as the local end of a tunnel; default the endpoint
     * that EKS names.
     */
    public Optional<URI> clusterEndpoint() {
        return Optional.ofNullable(clusterEndpoint);
    }

    /** Certificate authority of {@link #clusterEndpoint()} in PEM; default the one that EKS names. */
    public Optional<String> clusterCertificate() {
        return Optional.ofNullable(clusterCertificate);
    }

    /**
     * Profile of the AWS configuration files. It takes precedence over {@code AWS_ACCESS_KEY_ID} and all other variables; default the
     * default credentials chain, with {@code AWS_PROFILE}.
     */
    public Optional<String> profile() {
        return Optional.ofNullable(profile);
    }

    /** ARN of a role to assume with the credentials found; default none. */
    public Optional<String> roleArn() {
        return Optional.ofNullable(roleArn);
    }

    /** Endpoint of all AWS services, for emulators and proxies; default {@code AWS_ENDPOINT_URL}, or else AWS. */
    public Optional<URI> endpointOverride() {
        return Optional.ofNullable(endpointOverride);
    }

    /** Features that the target lacks; default none. */
    public Set<EksFeature> omitted() {
        return omitted;
    }

    /** Whether the target has a feature, which means that it is not {@linkplain #omitted omitted}. */
    public boolean offers(EksFeature feature) {
        return !omitted.contains(feature);
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> types = new LinkedHashMap<>();
        new TreeMap<>(amiTypes).forEach((role, type) -> types.put(role.name().toLowerCase(Locale.ROOT), type));
        Map<String, Object> ofPools = new LinkedHashMap<>();
        new TreeMap<>(pools).forEach((name, pool) -> ofPools.put(name, pool.toMap()));
        return new SettingsWriter()
                .put("supportType", supportType, SupportType.STANDARD)
                .put(
                        "logTypes",
                        logTypes == null ? null : logTypes.stream().sorted().toList())
                .put("amiTypes", types, Map.of())
                .put("pools", ofPools, Map.of())
                .put("autoscaler", autoscaler, Autoscaler.CLUSTER_AUTOSCALER)
                .put("nodeRepair", nodeRepair, true)
                .put("maxUnavailable", maxUnavailable, 1)
                .put("addonVersions", new TreeMap<>(addonVersions), Map.of())
                .put("keyDeletionWindowDays", keyDeletionWindowDays, Builder.MAX_KEY_DELETION_WINDOW_DAYS)
                .put("clusterEndpoint", clusterEndpoint)
                .put("clusterCertificate", clusterCertificate)
                .put("profile", profile)
                .put("roleArn", roleArn)
                .put("endpointOverride", endpointOverride)
                .put("omit", omitted.stream().sorted().map(Enum::name).toList(), List.of())
                .toMap();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EksSettings that && toMap().equals(that.toMap());
    }

    @Override
    public int hashCode() {
        return toMap().hashCode();
    }

    @Override
    public String toString() {
        return "EksSettings" + toMap();
    }

    /** Builds settings; each method has the meaning of the getter of the same name. Not safe for concurrent use. */
    public static final class Builder {
        private static final int MAX_KEY_DELETION_WINDOW_DAYS = 30;

        private SupportType supportType = SupportType.STANDARD;
        private @Nullable Set<String> logTypes;
        private final Map<PoolRole, String> amiTypes = new EnumMap<>(PoolRole.class);
        private final Map<String, PoolSettings> pools = new TreeMap<>();
        private Autoscaler autoscaler = Autoscaler.CLUSTER_AUTOSCALER;
        private boolean nodeRepair = true;
        private int maxUnavailable = 1;
        private final Map<String, String> addonVersions = new TreeMap<>();
        private int keyDeletionWindowDays = MAX_KEY_DELETION_WINDOW_DAYS;
        private @Nullable URI clusterEndpoint;
        private @Nullable String clusterCertificate;
        private @Nullable String profile;
        private @Nullable String roleArn;
        private @Nullable URI endpointOverride;
        private final Set<EksFeature> omitted = EnumSet.noneOf(EksFeature.class);

        private Builder() {}

        public Builder supportType(SupportType type) {
            supportType = type;
            return this;
        }

        /** Control-plane logs to switch on, such as {@code api} and {@code audit}; no argument switches all off. */
        public Builder logTypes(String... types) {
            logTypes = new TreeSet<>(Arrays.asList(types));
            return this;
        }

        Builder logTypes(Collection<String> types) {
            logTypes = new TreeSet<>(types);
            return this;
        }

        /** Image type of the node groups of one role, such as {@code BOTTLEROCKET_x86_64_NVIDIA}. */
        public Builder amiType(PoolRole role, String type) {
            amiTypes.put(role, type);
            return this;
        }

        /** Settings of one pool of the spec: {@code pool("h100", p -> p.withEfa(true))}. */
        public Builder pool(String name, UnaryOperator<PoolSettings> change) {
            pools.put(name, change.apply(pools.getOrDefault(name, PoolSettings.DEFAULTS)));
            return this;
        }

        public Builder autoscaler(Autoscaler choice) {
            autoscaler = choice;
            return this;
        }

        public Builder nodeRepair(boolean on) {
            nodeRepair = on;
            return this;
        }

        public Builder maxUnavailable(int nodes) {
            maxUnavailable = nodes;
            return this;
        }

        /** Pins one add-on, such as {@code ("vpc-cni", "v1.20.4-eksbuild.1")}. */
        public Builder addonVersion(String addon, String version) {
            addonVersions.put(addon, version);
            return this;
        }

        public Builder keyDeletionWindowDays(int days) {
            keyDeletionWindowDays = days;
            return this;
        }

        /** URL at which to reach the Kubernetes API. The certificate authority is the one that EKS names, unless it is set too. */
        public Builder clusterEndpoint(URI endpoint) {
            clusterEndpoint = endpoint;
            return this;
        }

        /** Certificate authority of the Kubernetes API, in PEM. */
        public Builder clusterCertificate(String pem) {
            clusterCertificate = pem;
            return this;
        }

        public Builder profile(String name) {
            profile = name;
            return this;
        }

        public Builder roleArn(String arn) {
            roleArn = arn;
            return this;
        }

        public Builder endpointOverride(URI endpoint) {
            endpointOverride = endpoint;
            return this;
        }

        /** Omits features that the target lacks. */
        public Builder omit(EksFeature... features) {
            omitted.addAll(Arrays.asList(features));
            return this;
        }

        public EksSettings build() {
            return new EksSettings(this);
        }
    }
}
