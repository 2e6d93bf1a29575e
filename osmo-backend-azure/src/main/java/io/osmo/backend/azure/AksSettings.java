// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spi.provider.SettingsWriter;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Settings that only AKS has. Immutable; each getter documents the default. Values are stored as given and validated by the
 * provider together with the spec, so that all violations are reported at once.
 */
public final class AksSettings implements ProviderSettings {
    private static final AksSettings DEFAULTS = builder().build();

    private final @Nullable String subscription;
    private final @Nullable String tenant;
    private final @Nullable AzureCloud cloud;
    private final @Nullable URI endpoint;
    private final @Nullable Tier tier;
    private final @Nullable String resourceGroup;
    private final @Nullable String nodeResourceGroup;
    private final String nodeOsSku;
    private final String systemInstanceType;
    private final int systemNodes;
    private final GpuDriver gpuDriver;
    private final List<String> adminGroups;
    private final boolean localAccounts;
    private final @Nullable String privateDnsZone;
    private final @Nullable String capacityReservationGroup;
    private final boolean hostEncryption;
    private final String upgradeChannel;
    private final int vaultRetentionDays;

    private AksSettings(Builder builder) {
        subscription = builder.subscription;
        tenant = builder.tenant;
        cloud = builder.cloud;
        endpoint = builder.endpoint;
        tier = builder.tier;
        resourceGroup = builder.resourceGroup;
        nodeResourceGroup = builder.nodeResourceGroup;
        nodeOsSku = builder.nodeOsSku;
        systemInstanceType = builder.systemInstanceType;
        systemNodes = builder.systemNodes;
        gpuDriver = builder.gpuDriver;
        adminGroups = List.copyOf(builder.adminGroups);
        localAccounts = builder.localAccounts;
        privateDnsZone = builder.privateDnsZone;
        capacityReservationGroup = builder.capacityReservationGroup;
        hostEncryption = builder.hostEncryption;
        upgradeChannel = builder.upgradeChannel;
        vaultRetentionDays = builder.vaultRetentionDays;
    }

    /** Settings with all defaults. */
    public static AksSettings defaults() {
        return DEFAULTS;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The AKS settings of a spec, or the defaults. Validation refuses settings of another provider. */
    public static AksSettings of(Optional<ProviderSettings> settings) {
        return ProviderSettings.ofType(settings, DEFAULTS);
    }

    /**
     * Reads what {@link #toMap()} wrote, or what is under {@code settings:} in a spec.
     *
     * @param problems receives a violation, with its path, for each unknown key and each value of the wrong type
     * @return empty if there were violations
     */
    public static Optional<AksSettings> read(Map<String, Object> data, Consumer<Violation> problems) {
        return AksSettingsReader.read(data, problems);
    }

    @Override
    public String provider() {
        return "azure";
    }

    /** Id of the subscription; empty means that of {@code AZURE_SUBSCRIPTION_ID}. */
    public Optional<String> subscription() {
        return Optional.ofNullable(subscription);
    }

    /** Id of the Microsoft Entra tenant; empty means that of the credential. */
    public Optional<String> tenant() {
        return Optional.ofNullable(tenant);
    }

    /** Which of Microsoft's clouds; empty means that of {@code AZURE_CLOUD}, or else the public one. */
    public Optional<AzureCloud> cloud() {
        return Optional.ofNullable(cloud);
    }

    /**
     * Address of Azure Resource Manager in a cloud that is not Microsoft's, such as Azure Stack Hub, https only; default that of
     * {@link #cloud()}.
     */
    public Optional<URI> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /** Tier of the control plane; empty means standard in the production profile and free in the development profile. */
    public Optional<Tier> tier() {
        return Optional.ofNullable(tier);
    }

    /** Existing resource group that holds the backend; used and never deleted; default none: one is created. */
    public Optional<String> resourceGroup() {
        return Optional.ofNullable(resourceGroup);
    }

    /** Name of the resource group that AKS creates for the nodes; empty means that of the backend with the suffix {@code -nodes}. */
    public Optional<String> nodeResourceGroup() {
        return Optional.ofNullable(nodeResourceGroup);
    }

    /** Operating system of the nodes in AKS's spelling, such as {@code AzureLinux}; default {@code Ubuntu}. */
    public String nodeOsSku() {
        return nodeOsSku;
    }

    /** VM size of the system pool, which AKS requires in addition to the pools of the spec; default {@code Standard_D4s_v5}. */
    public String systemInstanceType() {
        return systemInstanceType;
    }

    /** Nodes of the system pool, at least 2; default 2. */
    public int systemNodes() {
        return systemNodes;
    }

    /** Who installs the NVIDIA driver; default {@code GPU_OPERATOR}. */
    public GpuDriver gpuDriver() {
        return gpuDriver;
    }

    /** Object ids of Entra groups whose members become cluster administrators, in addition to {@code admins} of the spec; default none. */
    public List<String> adminGroups() {
        return adminGroups;
    }

    /** Whether the cluster has a local administrator, who needs no Entra ID; default false. */
    public boolean localAccounts() {
        return localAccounts;
    }

    /** Private DNS zone of a private cluster, one of {@code system}, {@code none} and a resource id; empty means {@code system}. */
    public Optional<String> privateDnsZone() {
        return Optional.ofNullable(privateDnsZone);
    }

    /** Resource id of the capacity reservation group of GPU pools that name no reservation of their own; default none. */
    public Optional<String> capacityReservationGroup() {
        return Optional.ofNullable(capacityReservationGroup);
    }

    /** Whether disks are also encrypted on the host, including caches and temporary disks; default true. */
    public boolean hostEncryption() {
        return hostEncryption;
    }

    /**
     * AKS's channel for automatic upgrades, one of {@code none}, {@code patch}, {@code stable}, {@code rapid} and {@code
     * node-image}; default {@code none}.
     */
    public String upgradeChannel() {
        return upgradeChannel;
    }

    /** Days for which a deleted key vault can be recovered, 7 to 90; default 90. Fixed when the vault is created. */
    public int vaultRetentionDays() {
        return vaultRetentionDays;
    }

    @Override
    public Map<String, Object> toMap() {
        return new SettingsWriter()
                .put("subscription", subscription)
                .put("tenant", tenant)
                .put("cloud", cloud)
                .put("endpoint", endpoint)
                .put("tier", tier)
                .put("resourceGroup", resourceGroup)
                .put("nodeResourceGroup", nodeResourceGroup)
                .put("nodeOsSku", nodeOsSku, Builder.UBUNTU)
                .put("systemInstanceType", systemInstanceType, Builder.SYSTEM_TYPE)
                .put("systemNodes", systemNodes, Builder.SYSTEM_NODES)
                .put("gpuDriver", gpuDriver, GpuDriver.GPU_OPERATOR)
                .put("adminGroups", adminGroups, List.of())
                .put("localAccounts", localAccounts, false)
                .put("privateDnsZone", privateDnsZone)
                .put("capacityReservationGroup", capacityReservationGroup)
                .put("hostEncryption", hostEncryption, true)
                .put("upgradeChannel", upgradeChannel, Builder.NO_CHANNEL)
                .put("vaultRetentionDays", vaultRetentionDays, Builder.RETENTION_DAYS)
                .toMap();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AksSettings that && toMap().equals(that.toMap());
    }

    @Override
    public int hashCode() {
        return toMap().hashCode();
    }

    @Override
    public String toString() {
        return "AksSettings" + toMap();
    }

    /** Builds settings; each method has the meaning of the getter of the same name. Not safe for concurrent use. */
    public static final class Builder {
        private static final String UBUNTU = "Ubuntu";
        private static final String SYSTEM_TYPE = "Standard_D4s_v5";
        private static final int SYSTEM_NODES = 2;
        private static final String NO_CHANNEL = "none";
        private static final int RETENTION_DAYS = 90;

        private @Nullable String subscription;
        private @Nullable String tenant;
        private @Nullable AzureCloud cloud;
        private @Nullable URI endpoint;
        private @Nullable Tier tier;
        private @Nullable String resourceGroup;
        private @Nullable String nodeResourceGroup;
        private String nodeOsSku = UBUNTU;
        private String systemInstanceType = SYSTEM_TYPE;
        private int systemNodes = SYSTEM_NODES;
        private GpuDriver gpuDriver = GpuDriver.GPU_OPERATOR;
        private final TreeSet<String> adminGroups = new TreeSet<>();
        private boolean localAccounts;
        private @Nullable String privateDnsZone;
        private @Nullable String capacityReservationGroup;
        private boolean hostEncryption = true;
        private String upgradeChannel = NO_CHANNEL;
        private int vaultRetentionDays = RETENTION_DAYS;

        private Builder() {}

        public Builder subscription(String id) {
            subscription = id;
            return this;
        }

        public Builder tenant(String id) {
            tenant = id;
            return this;
        }

        public Builder cloud(AzureCloud choice) {
            cloud = choice;
            return this;
        }

        public Builder endpoint(URI resourceManager) {
            endpoint = resourceManager;
            return this;
        }

        public Builder tier(Tier choice) {
            tier = choice;
            return this;
        }

        /** Puts the backend into an existing resource group. */
        public Builder resourceGroup(String name) {
            resourceGroup = name;
            return this;
        }

        public Builder nodeResourceGroup(String name) {
            nodeResourceGroup = name;
            return this;
        }

        public Builder nodeOsSku(String sku) {
            nodeOsSku = sku;
            return this;
        }

        public Builder systemInstanceType(String size) {
            systemInstanceType = size;
            return this;
        }

        public Builder systemNodes(int nodes) {
            systemNodes = nodes;
            return this;
        }

        public Builder gpuDriver(GpuDriver owner) {
            gpuDriver = owner;
            return this;
        }

        /** Adds Entra groups by object id. */
        public Builder adminGroups(String... objectIds) {
            adminGroups.addAll(Arrays.asList(objectIds));
            return this;
        }

        public Builder localAccounts(boolean on) {
            localAccounts = on;
            return this;
        }

        public Builder privateDnsZone(String zone) {
            privateDnsZone = zone;
            return this;
        }

        public Builder capacityReservationGroup(String resourceId) {
            capacityReservationGroup = resourceId;
            return this;
        }

        public Builder hostEncryption(boolean on) {
            hostEncryption = on;
            return this;
        }

        public Builder upgradeChannel(String channel) {
            upgradeChannel = channel;
            return this;
        }

        public Builder vaultRetentionDays(int days) {
            vaultRetentionDays = days;
            return this;
        }

        public AksSettings build() {
            return new AksSettings(this);
        }
    }
}
