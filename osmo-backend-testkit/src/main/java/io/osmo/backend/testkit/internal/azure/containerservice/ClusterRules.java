// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.containerservice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.ArmError;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Json;
import io.osmo.backend.testkit.internal.azure.arm.Resource;
import io.osmo.backend.testkit.internal.azure.arm.Write;
import io.osmo.backend.testkit.internal.azure.managedidentity.ResourceIdentities;
import io.osmo.backend.testkit.internal.azure.managedidentity.UserAssignedIdentities;
import io.osmo.backend.testkit.internal.azure.network.Cidrs;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What AKS refuses about a cluster itself: tier, identity, version, access, changes. */
final class ClusterRules {
    /** JSON pointers to what can be set only when the cluster is created. */
    private static final List<String> IMMUTABLE = List.of(
            "dnsPrefix",
            "fqdnSubdomain",
            "nodeResourceGroup",
            "diskEncryptionSetID",
            "networkProfile/networkPlugin",
            "networkProfile/serviceCidr",
            "networkProfile/dnsServiceIP",
            "apiServerAccessProfile/enablePrivateCluster",
            "enableRBAC");

    private ClusterRules() {}

    static void checkTier(Write write) {
        JsonNode tier = write.body().at("/sku/tier");
        if (!Set.of("Free", "Standard", "Premium").contains(tier.asText())) {
            throw AksErrors.bad("The SKU tier " + tier + " is not supported.");
        }
        boolean lts = write.properties().path("supportPlan").asText().equals("AKSLongTermSupport");
        if (lts && !tier.asText().equals("Premium")) {
            throw AksErrors.bad("The support plan AKSLongTermSupport needs the tier Premium.");
        }
    }

    static void checkRunning(Write write) {
        Optional.ofNullable(write.existing()).ifPresent(ClusterRules::requireRunning);
    }

    /** A stopped cluster can only be started or deleted: learn.microsoft.com/azure/aks/start-stop-cluster. */
    static void requireRunning(Resource cluster) {
        if (isStopped(cluster)) {
            throw AksErrors.notAllowed("The operation is not allowed: the managed cluster " + cluster.name()
                    + " is in Stopped power state. Please start it before changing it.");
        }
    }

    static boolean isStopped(Resource cluster) {
        return cluster.computed.path("stopped").asBoolean();
    }

    static void checkIdentity(Write write, UserAssignedIdentities identities) {
        String kind = write.body().at("/identity/type").asText("");
        if (kind.equals("UserAssigned")) {
            String id = ResourceIdentities.userAssigned(write.body()).stream()
                    .findFirst()
                    .orElseThrow(() -> ArmError.badRequest(
                            "InvalidIdentity", "A user-assigned identity is needed for type UserAssigned."));
            if (identities.find(id).isEmpty()) {
                throw ArmError.badRequest(
                        "FailedIdentityOperation",
                        "Identity operation for resource '" + write.id().text() + "' failed with error: the resource '"
                                + id + "' was not found.");
            }
        } else if (!kind.equals("SystemAssigned") && !write.properties().has("servicePrincipalProfile")) {
            throw AksErrors.invalidParameter("Provisioning of resource(s) for container service "
                    + write.id().name() + " failed: neither a service principal nor a managed identity was given.");
        }
    }

    static void checkVersion(Write write) {
        ObjectNode properties = write.properties();
        Resource existing = write.existing();
        String requested = properties.path("kubernetesVersion").asText();
        String running = existing == null ? "" : existing.computed("version");
        boolean kept = existing != null && existing.text("kubernetesVersion").equals(requested)
                || !running.isEmpty() && Versions.keeps(requested, running);
        if (kept) {
            return;
        }
        String version = Versions.resolve(requested).orElseThrow(() -> AksErrors.unsupportedVersion(requested));
        Json.byDefault(properties, "supportPlan", "KubernetesOfficial");
        checkSupport(write, version);
        if (!running.isEmpty()) {
            checkUpgrade(running, version);
        }
    }

    private static void checkSupport(Write write, String version) {
        boolean lts = write.properties().path("supportPlan").asText().equals("AKSLongTermSupport");
        if (Versions.isLtsOnly(version) && !lts) {
            throw ArmError.badRequest(
                    "K8sVersionNotSupported",
                    "Managed cluster " + write.id().name() + " is on version " + version
                            + ", which is only available for Long-Term Support (LTS). If you intend to onboard to LTS,"
                            + " please ensure the cluster is in Premium tier and LTS support plan.");
        }
    }

    private static void checkUpgrade(String running, String version) {
        int step = Versions.number(version) - Versions.number(running);
        if (step < 0 || step == 0 && Versions.patch(version) < Versions.patch(running)) {
            throw AksErrors.notAllowed(
                    "Downgrading control plane from " + running + " to " + version + " is not allowed.");
        }
        if (step > 1) {
            throw AksErrors.notAllowed("Upgrading Kubernetes version " + running + " to " + version
                    + " is not allowed. Available upgrades: " + Versions.upgrades(running)
                    + ". Please see https://aka.ms/aks-supported-k8s-ver for version details.");
        }
    }

    static void checkChanges(Write write) {
        Resource existing = write.existing();
        if (existing == null) {
            return;
        }
        ObjectNode old = existing.properties();
        ObjectNode requested = write.properties();
        for (String path : IMMUTABLE) {
            JsonNode before = old.at("/" + path);
            JsonNode after = requested.at("/" + path);
            boolean omitted = after.isMissingNode() || after.isNull();
            if (!omitted && !before.asText("").equalsIgnoreCase(after.asText(""))) {
                throw AksErrors.changed(path.replace('/', '.'));
            }
        }
        String zone = requested.at("/apiServerAccessProfile/privateDNSZone").asText("");
        if (!zone.isEmpty()
                && !zone.equals("none")
                && !zone.equalsIgnoreCase(
                        old.at("/apiServerAccessProfile/privateDNSZone").asText("system"))) {
            throw AksErrors.changed("apiServerAccessProfile.privateDNSZone");
        }
        if (old.at("/oidcIssuerProfile/enabled").asBoolean()
                && !requested.at("/oidcIssuerProfile/enabled").asBoolean()) {
            throw ArmError.badRequest("OIDCIssuerFeatureCannotBeDisabled", "OIDC issuer feature cannot be disabled.");
        }
    }

    static void checkAccess(Write write) {
        ObjectNode properties = write.properties();
        JsonNode access = properties.path("apiServerAccessProfile");
        boolean isPrivate = access.path("enablePrivateCluster").asBoolean();
        if (isPrivate && !access.path("authorizedIPRanges").isEmpty()) {
            throw AksErrors.bad("Authorized IP ranges cannot be used with a private cluster.");
        }
        if (access.hasNonNull("privateDNSZone") && !isPrivate) {
            throw AksErrors.bad("A private DNS zone needs a private cluster.");
        }
        for (String range : Json.strings(access.path("authorizedIPRanges"))) {
            Cidrs.range(range.contains("/") ? range : range + "/32");
        }
        if (properties.path("disableLocalAccounts").asBoolean()
                && !properties.at("/aadProfile/managed").asBoolean()) {
            throw AksErrors.bad(
                    "Disabling local accounts needs managed Microsoft Entra integration (aadProfile.managed).");
        }
        if (properties.at("/securityProfile/workloadIdentity/enabled").asBoolean()
                && !properties.at("/oidcIssuerProfile/enabled").asBoolean()) {
            throw AksErrors.bad("Workload identity needs the OIDC issuer to be enabled.");
        }
    }

    static void checkNodeResourceGroup(Write write, AzureSubscription azure) {
        String group = write.properties().path("nodeResourceGroup").asText();
        if (group.length() > 80) {
            throw AksErrors.invalidParameter("The name of the node resource group is longer than 80 characters.");
        }
        if (write.creates() && azure.group(group).isPresent()) {
            throw ArmError.badRequest(
                    "NodeResourceGroupAlreadyExists",
                    "The node resource group " + group + " exists already. AKS makes it by itself.");
        }
    }

    /** The version that runs after a request. */
    static String version(Write write) {
        return Versions.resolve(write.properties().path("kubernetesVersion").asText())
                .or(() -> Optional.ofNullable(write.existing()).map(existing -> existing.computed("version")))
                .orElseThrow();
    }
}
