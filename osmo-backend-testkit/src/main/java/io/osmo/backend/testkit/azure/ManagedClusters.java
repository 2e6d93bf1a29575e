// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** AKS clusters: a control plane, its agent pools, and the group that holds what AKS makes for them. */
final class ManagedClusters extends ResourceType {
    /** Twenty at once, then one a minute, for each cluster and each pool. */
    static final Throttles.Limit WRITES = new Throttles.Limit(20, Duration.ofMinutes(1));

    /** JSON pointers to what can be given only when the cluster is made. */
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

    private final AksKubernetes kubernetes;
    private final NodeResources machines;
    private final AgentPools pools;
    private final Identities identities;
    private final RoleAssignments roles;
    private final Vaults vaults;
    private final DiskEncryptionSets encryption;

    ManagedClusters(
            AzureSubscription azure,
            AksKubernetes kubernetes,
            NodeResources machines,
            AgentPools pools,
            Identities identities,
            RoleAssignments roles,
            Vaults vaults,
            DiskEncryptionSets encryption) {
        super(azure, "Microsoft.ContainerService/managedClusters", pools.apiVersions.toArray(String[]::new));
        this.kubernetes = kubernetes;
        this.machines = machines;
        this.pools = pools;
        this.identities = identities;
        this.roles = roles;
        this.vaults = vaults;
        this.encryption = encryption;
    }

    // ------------------------------------------------------------------------------------------ traits

    @Override
    String names() {
        return "[a-zA-Z0-9]|[a-zA-Z0-9][-_a-zA-Z0-9]{0,61}[a-zA-Z0-9]";
    }

    @Override
    String etagMember() {
        return "eTag";
    }

    @Override
    Duration createTime(Resource cluster) {
        return Durations.CLUSTER_CREATE;
    }

    @Override
    Duration updateTime(Resource cluster, ObjectNode before) {
        String version = before.at("/properties/kubernetesVersion").asText();
        return version.equals(cluster.text("kubernetesVersion")) ? Durations.CLUSTER_UPDATE : Durations.CLUSTER_UPGRADE;
    }

    @Override
    Duration deleteTime(Resource cluster) {
        return Durations.CLUSTER_DELETE;
    }

    @Override
    Duration retryAfter() {
        return Duration.ofSeconds(10);
    }

    @Override
    boolean deletionPreempts() {
        return true;
    }

    @Override
    Optional<Throttles.Limit> writeLimit() {
        return Optional.of(WRITES);
    }

    @Override
    ArmError throttled(Duration wait) {
        return throttled(azure, "PutManagedClusterHandler.PUT", wait);
    }

    static ArmError throttled(AzureSubscription azure, String handler, Duration wait) {
        return new ArmError(
                429,
                "Throttled",
                "The " + handler + " request limit has been exceeded for SubID='" + azure.id
                        + "', please retry again in " + wait.toSeconds()
                        + " seconds. For more information, please visit aka.ms/aks/throttling",
                wait);
    }

    /** An operation on a pool or an extension forbids one on the cluster, but not its deletion. */
    @Override
    Optional<Operation> blockedBy(ArmId id) {
        return azure.under(id.text())
                .filter(r -> r.is(pools) || r.type instanceof Extensions || r.type instanceof TrustedAccess)
                .flatMap(r -> Stream.ofNullable(r.running))
                .findFirst();
    }

    @Override
    ArmError busy(Operation running) {
        return pending(
                running.resource.is(pools)
                        ? "Managed cluster operation is not allowed: another operation (" + running.doing
                                + ") is in progress on agent pool (" + running.resource.name() + ")"
                        : "Operation is not allowed: Another operation (" + running.doing + ") is in progress");
    }

    static ArmError pending(String what) {
        return ArmError.conflict(
                "OperationNotAllowed",
                what + ", please wait for it to finish before starting a new operation. See"
                        + " https://aka.ms/aks-pending-operation for more details");
    }

    static ArmError unsupported(String version) {
        return ArmError.badRequest(
                "K8sVersionNotSupported",
                "The specified Kubernetes version " + version + " is not supported in this region. Please use [az aks"
                        + " get-versions] command to get the supported version list in this region.");
    }

    private static ArmError bad(String message) {
        return ArmError.badRequest("BadRequest", message);
    }

    // ------------------------------------------------------------------------------------------ rules

    @Override
    ObjectNode accept(Write write) {
        ObjectNode properties = write.properties();
        Resource existing = write.existing();
        JsonNode profiles = properties.path("agentPoolProfiles").deepCopy();
        properties.remove(List.of("agentPoolProfiles", "provisioningState", "powerState"));
        ObjectNode sku = Json.at(write.body(), "sku");
        Json.byDefault(sku, "name", "Base");
        Json.byDefault(sku, "tier", "Free");
        if (!Set.of("Free", "Standard", "Premium").contains(sku.path("tier").asText())) {
            throw bad("The SKU tier " + sku.path("tier") + " is not supported.");
        }
        if (existing != null && existing.actual.path("stopped").asBoolean()) {
            throw bad("The managed cluster is stopped; start it before changing it.");
        }
        checkIdentity(write);
        checkVersion(write);
        checkDns(write);
        defaults(write);
        if (existing != null) {
            refuseChanges(existing.properties(), properties);
        }
        checkNetwork(write, profiles);
        checkAccess(properties);
        checkEncryption(write);
        checkNodeGroup(write);
        checkPools(write, profiles);
        return write.body();
    }

    private void checkIdentity(Write write) {
        JsonNode identity = write.body().path("identity");
        String kind = identity.path("type").asText("");
        Iterator<String> assigned = identity.path("userAssignedIdentities").fieldNames();
        if (kind.equals("UserAssigned")) {
            if (!assigned.hasNext()) {
                throw ArmError.badRequest(
                        "InvalidIdentity", "A user-assigned identity is needed for type UserAssigned.");
            }
            String id = assigned.next();
            if (azure.find(id, identities).isEmpty()) {
                throw ArmError.badRequest(
                        "FailedIdentityOperation",
                        "Identity operation for resource '" + write.id().text() + "' failed with error: the resource '"
                                + id + "' was not found.");
            }
        } else if (!kind.equals("SystemAssigned") && !write.properties().has("servicePrincipalProfile")) {
            throw ArmError.badRequest(
                    "InvalidParameter",
                    "Provisioning of resource(s) for container service "
                            + write.id().name()
                            + " failed: neither a service principal nor a managed identity was given.");
        }
    }

    private static void checkVersion(Write write) {
        ObjectNode properties = write.properties();
        Resource existing = write.existing();
        if (!properties.hasNonNull("kubernetesVersion")) {
            properties.put(
                    "kubernetesVersion",
                    existing == null ? AksVersions.defaultMinor() : existing.text("kubernetesVersion"));
        }
        String asked = properties.path("kubernetesVersion").asText();
        String current = existing == null ? "" : existing.actual.path("version").asText();
        boolean kept = existing != null && existing.text("kubernetesVersion").equals(asked)
                || !current.isEmpty() && AksVersions.keeps(asked, current);
        if (kept) {
            return;
        }
        String version = AksVersions.resolve(asked).orElseThrow(() -> unsupported(asked));
        Json.byDefault(properties, "supportPlan", "KubernetesOfficial");
        boolean lts = properties.path("supportPlan").asText().equals("AKSLongTermSupport");
        boolean premium = write.body().at("/sku/tier").asText().equals("Premium");
        if (lts && !premium) {
            throw bad("The support plan AKSLongTermSupport needs the tier Premium.");
        }
        if (AksVersions.isLtsOnly(version) && !lts) {
            throw ArmError.badRequest(
                    "K8sVersionNotSupported",
                    "Managed cluster " + write.id().name() + " is on version " + version
                            + ", which is only available for Long-Term Support (LTS). If you intend to onboard to LTS,"
                            + " please ensure the cluster is in Premium tier and LTS support plan.");
        }
        if (!current.isEmpty()) {
            int step = AksVersions.number(version) - AksVersions.number(current);
            if (step < 0 || step == 0 && AksVersions.patch(version) < AksVersions.patch(current)) {
                throw ArmError.badRequest(
                        "OperationNotAllowed",
                        "Downgrading control plane from " + current + " to " + version + " is not allowed.");
            }
            if (step > 1) {
                throw ArmError.badRequest(
                        "OperationNotAllowed",
                        "Upgrading Kubernetes version " + current + " to " + version + " is not allowed. Available"
                                + " upgrades: " + AksVersions.upgrades(current)
                                + ". Please see https://aka.ms/aks-supported-k8s-ver for version details.");
            }
        }
    }

    private static void checkDns(Write write) {
        ObjectNode properties = write.properties();
        Resource existing = write.existing();
        String prefix = properties.path("dnsPrefix").asText("");
        if (prefix.isEmpty() && !properties.hasNonNull("fqdnSubdomain")) {
            if (existing == null) {
                throw ArmError.badRequest(
                        "MissingRequiredParameter", "Required parameter dnsPrefix is missing (null).");
            }
            properties.put("dnsPrefix", existing.text("dnsPrefix"));
        } else if (!prefix.isEmpty() && !prefix.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,52}[A-Za-z0-9])?")) {
            throw ArmError.badRequest("InvalidParameter", "The DNS prefix '" + prefix + "' is invalid.");
        }
    }

    private void defaults(Write write) {
        ObjectNode properties = write.properties();
        Resource existing = write.existing();
        Json.byDefault(properties, "enableRBAC", true);
        Json.byDefault(properties, "supportPlan", "KubernetesOfficial");
        Json.byDefault(properties, "disableLocalAccounts", false);
        if (!properties.hasNonNull("nodeResourceGroup")) {
            String name = "MC_" + write.id().group() + "_" + write.id().name() + "_"
                    + write.body().path("location").asText();
            properties.put(
                    "nodeResourceGroup",
                    existing != null
                            ? existing.text("nodeResourceGroup")
                            : name.substring(0, Math.min(80, name.length())));
        }
        ObjectNode network = Json.at(properties, "networkProfile");
        if (existing != null) {
            existing.properties().path("networkProfile").fields().forEachRemaining(field -> {
                if (!network.has(field.getKey())) {
                    network.set(field.getKey(), field.getValue().deepCopy());
                }
            });
            for (String kept : List.of("diskEncryptionSetID", "oidcIssuerProfile", "securityProfile")) {
                if (!properties.has(kept) && existing.properties().has(kept)) {
                    properties.set(kept, existing.properties().path(kept).deepCopy());
                }
            }
        }
        Json.byDefault(network, "networkPlugin", "azure");
        Json.byDefault(network, "networkPolicy", "none");
        Json.byDefault(network, "networkDataplane", "azure");
        Json.byDefault(network, "serviceCidr", "10.0.0.0/16");
        Json.byDefault(
                network,
                "dnsServiceIP",
                Cidr.of(network.path("serviceCidr").asText()).address(10));
        Json.byDefault(network, "outboundType", "loadBalancer");
        Json.byDefault(network, "loadBalancerSku", "standard");
        if (network.path("networkPluginMode").asText().equals("overlay")) {
            Json.byDefault(network, "podCidr", "10.244.0.0/16");
            network.putArray("podCidrs").add(network.path("podCidr").asText());
        }
        network.putArray("serviceCidrs").add(network.path("serviceCidr").asText());
        network.putArray("ipFamilies").add("IPv4");
        ObjectNode upgrades = Json.at(properties, "autoUpgradeProfile");
        Json.byDefault(upgrades, "nodeOSUpgradeChannel", "NodeImage");
        ObjectNode storage = Json.at(properties, "storageProfile");
        for (String part : List.of("diskCSIDriver", "fileCSIDriver", "snapshotController")) {
            Json.byDefault(Json.at(storage, part), "enabled", true);
        }
        Json.at(properties, "oidcIssuerProfile");
        Json.byDefault(Json.at(properties, "oidcIssuerProfile"), "enabled", false);
        Json.at(properties, "securityProfile");
        Json.byDefault(properties, "publicNetworkAccess", "Enabled");
    }

    private static void refuseChanges(ObjectNode old, ObjectNode asked) {
        for (String path : IMMUTABLE) {
            JsonNode before = old.at("/" + path);
            JsonNode after = asked.at("/" + path);
            boolean omitted = after.isMissingNode() || after.isNull();
            if (!omitted && !before.asText("").equalsIgnoreCase(after.asText(""))) {
                throw ArmError.badRequest(
                        "PropertyChangeNotAllowed",
                        "Changing property '" + path.replace('/', '.') + "' is not allowed.");
            }
        }
        if (old.at("/oidcIssuerProfile/enabled").asBoolean()
                && !asked.at("/oidcIssuerProfile/enabled").asBoolean()) {
            throw ArmError.badRequest("OIDCIssuerFeatureCannotBeDisabled", "OIDC issuer feature cannot be disabled.");
        }
    }

    private void checkNetwork(Write write, JsonNode profiles) {
        ObjectNode network = Json.at(write.properties(), "networkProfile");
        Cidr services = Cidr.of(network.path("serviceCidr").asText());
        String dns = network.path("dnsServiceIP").asText();
        if (!services.contains(dns) || dns.equals(services.address(0)) || dns.equals(services.address(1))) {
            throw ArmError.badRequest(
                    "InvalidParameter",
                    "The DNS service IP " + dns + " must be within the service CIDR " + services
                            + " and not its first address.");
        }
        if (services.bits() < 12) {
            throw ArmError.badRequest("InvalidParameter", "The service CIDR " + services + " is larger than /12.");
        }
        if (!Set.of("azure", "kubenet", "none")
                        .contains(network.path("networkPlugin").asText())
                || !Set.of("none", "azure", "calico", "cilium")
                        .contains(network.path("networkPolicy").asText())) {
            throw ArmError.badRequest("InvalidParameter", "The network plugin or policy is not supported.");
        }
        boolean cilium = network.path("networkDataplane").asText().equals("cilium");
        if (network.path("networkPolicy").asText().equals("cilium") && !cilium) {
            throw ArmError.badRequest(
                    "InvalidParameter", "The network policy cilium needs the network dataplane cilium.");
        }
        if (network.path("loadBalancerSku").asText().equalsIgnoreCase("basic")) {
            throw ArmError.badRequest("InvalidParameter", "Load balancers of the basic SKU were retired.");
        }
        List<Cidr> taken = new ArrayList<>();
        boolean gateway = true;
        Set<String> subnets = new HashSet<>();
        profiles.forEach(p -> subnets.add(p.path("vnetSubnetID").asText("")));
        if (write.existing() != null) {
            pools.of(write.existing()).forEach(p -> subnets.add(p.text("vnetSubnetID")));
        }
        for (String id : subnets) {
            Optional<Resource> subnet = azure.find(id).filter(r -> r.type instanceof Subnets);
            subnet.ifPresent(s -> taken.add(Subnets.range(s)));
            gateway &= subnet.filter(s -> s.properties().has("natGateway")).isPresent();
        }
        for (Cidr range : taken) {
            if (range.overlaps(services)) {
                throw ArmError.badRequest(
                        "ServiceCidrOverlapExistingSubnetsCidr",
                        "The specified service CIDR " + services + " is conflicted with an existing subnet CIDR "
                                + range + ".");
            }
        }
        if (network.hasNonNull("podCidr")) {
            Cidr pods = Cidr.of(network.path("podCidr").asText());
            if (pods.overlaps(services) || taken.stream().anyMatch(pods::overlaps)) {
                throw ArmError.badRequest(
                        "InvalidParameter", "The pod CIDR " + pods + " overlaps with the service CIDR or a subnet.");
            }
        }
        String outbound = network.path("outboundType").asText();
        if (!Set.of(
                        "loadBalancer",
                        "userDefinedRouting",
                        "managedNATGateway",
                        "userAssignedNATGateway",
                        "none",
                        "block")
                .contains(outbound)) {
            throw ArmError.badRequest("InvalidParameter", "The outbound type " + outbound + " is not supported.");
        }
        if (outbound.equals("userAssignedNATGateway") && !gateway) {
            throw bad("UserAssignedNATGateway outbound type needs a NAT gateway on the subnet of each agent pool.");
        }
        if (outbound.equals("managedNATGateway") && !taken.isEmpty()) {
            throw bad("ManagedNATGateway outbound type cannot be used with a subnet of your own.");
        }
    }

    private static void checkAccess(ObjectNode properties) {
        JsonNode access = properties.path("apiServerAccessProfile");
        boolean isPrivate = access.path("enablePrivateCluster").asBoolean();
        if (isPrivate && !access.path("authorizedIPRanges").isEmpty()) {
            throw bad("Authorized IP ranges cannot be used with a private cluster.");
        }
        if (access.hasNonNull("privateDNSZone") && !isPrivate) {
            throw bad("A private DNS zone needs a private cluster.");
        }
        for (String range : Json.strings(access.path("authorizedIPRanges"))) {
            Cidr.of(range.contains("/") ? range : range + "/32");
        }
        if (properties.path("disableLocalAccounts").asBoolean()
                && !properties.at("/aadProfile/managed").asBoolean()) {
            throw bad("Disabling local accounts needs managed Microsoft Entra integration (aadProfile.managed).");
        }
        boolean workload =
                properties.at("/securityProfile/workloadIdentity/enabled").asBoolean();
        if (workload && !properties.at("/oidcIssuerProfile/enabled").asBoolean()) {
            throw bad("Workload identity needs the OIDC issuer to be enabled.");
        }
    }

    private void checkEncryption(Write write) {
        ObjectNode properties = write.properties();
        String set = properties.path("diskEncryptionSetID").asText("");
        if (!set.isEmpty()) {
            Resource found = azure.find(set, encryption)
                    .orElseThrow(() -> ArmError.badRequest(
                            "DiskEncryptionSetNotFound", "The disk encryption set " + set + " was not found."));
            if (write.creates() && !encryption.isUsable(found)) {
                throw new ArmError(
                        400,
                        "KeyVaultAccessForbidden",
                        "Unable to access key vault resource of disk encryption set '" + set
                                + "' to enable encryption at rest. Please grant get, wrap and unwrap key permissions to"
                                + " its identity. Please visit https://aka.ms/keyvaultaccessssecmk for more information.");
            }
        }
        JsonNode kms = properties.at("/securityProfile/azureKeyVaultKms");
        if (!kms.path("enabled").asBoolean()) {
            return;
        }
        String uri = kms.path("keyId").asText("");
        Resource vault = vaults.byUri(uri)
                .orElseThrow(() -> ArmError.badRequest(
                        "AzureKeyVaultKmsInvalidKey", "The key vault of the key '" + uri + "' was not found."));
        boolean versioned = uri.substring(vault.text("vaultUri").length()).split("/", -1).length > 2;
        if (!versioned || vaults.keyByUri(uri).isEmpty()) {
            throw ArmError.badRequest(
                    "AzureKeyVaultKmsInvalidKey", "The key '" + uri + "' was not found; its id must hold a version.");
        }
        if (kms.path("keyVaultNetworkAccess").asText("Public").equals("Private")
                && !kms.hasNonNull("keyVaultResourceId")) {
            throw bad("KeyVault resource ID is empty when KeyVault network access is Private.");
        }
        String principal = principal(write.body()).orElse("");
        boolean allowed = roles.allows(
                        principal, "Microsoft.KeyVault/vaults/keys/encrypt/action", true, vault.id.text())
                && roles.allows(principal, "Microsoft.KeyVault/vaults/keys/decrypt/action", true, vault.id.text());
        if (!allowed) {
            throw ArmError.badRequest(
                    "AzureKeyVaultKmsValidateIdentityPermissionCustomerError",
                    "The identity does not have keys encrypt/decrypt permission on key vault \""
                            + vault.text("vaultUri").replaceAll("/$", "") + "\"");
        }
    }

    /** Principal of the cluster's user-assigned identity. */
    private Optional<String> principal(ObjectNode body) {
        return identities.assigned(body);
    }

    /** Principal that acts for a cluster. */
    String principal(Resource cluster) {
        return principal(cluster.body).orElse(cluster.actual.path("principalId").asText());
    }

    private void checkNodeGroup(Write write) {
        String group = write.properties().path("nodeResourceGroup").asText();
        if (group.length() > 80) {
            throw ArmError.badRequest(
                    "InvalidParameter", "The name of the node resource group is longer than 80 characters.");
        }
        if (write.creates()
                && azure.find("/subscriptions/" + azure.id + "/resourceGroups/" + group)
                        .isPresent()) {
            throw ArmError.badRequest(
                    "NodeResourceGroupAlreadyExists",
                    "The node resource group " + group + " exists already. AKS makes it by itself.");
        }
    }

    private void checkPools(Write write, JsonNode profiles) {
        Resource existing = write.existing();
        Set<String> names = new HashSet<>();
        boolean system = false;
        for (JsonNode profile : profiles) {
            String name = profile.path("name").asText("");
            if (!name.matches(pools.names()) || !names.add(name)) {
                throw ArmError.badRequest(
                        "InvalidParameter",
                        "The value of parameter agentPoolProfile.name is invalid: '" + name
                                + "'. A name is 1 to 12 lower-case letters and digits and begins with a letter.");
            }
            system |= profile.path("mode").asText().equals("System");
        }
        if (existing == null && !system) {
            throw bad("Must define at least one system pool.");
        }
        Set<String> standing = new HashSet<>();
        if (existing != null) {
            pools.of(existing).forEach(p -> standing.add(p.name()));
            for (String name : names) {
                if (!standing.contains(name)) {
                    throw bad(
                            "A new agent pool was introduced. Adding agent pools to an existing cluster is not allowed"
                                    + " through managed cluster operations. For agent pool specific change, please use per agent"
                                    + " pool operations: https://aka.ms/agent-pool-rest-api");
                }
            }
            if (!names.isEmpty() && !names.containsAll(standing)) {
                throw bad("Agent pools cannot be removed through managed cluster operations. For agent pool specific"
                        + " change, please use per agent pool operations: https://aka.ms/agent-pool-rest-api");
            }
        }
        // A shadow of the cluster to be, for the rules of its pools.
        Resource shadow = new Resource(write.id(), this, write.body(), "", azure.now());
        shadow.actual.put(
                "version",
                AksVersions.resolve(write.properties().path("kubernetesVersion").asText())
                        .or(() -> Optional.ofNullable(existing)
                                .map(e -> e.actual.path("version").asText()))
                        .orElseThrow());
        ArrayNode accepted = Json.array();
        List<Resource> seen = new ArrayList<>();
        for (JsonNode profile : profiles) {
            ObjectNode properties = profile.deepCopy();
            String name = properties.remove("name").asText();
            properties.remove(
                    List.of("provisioningState", "eTag", "currentOrchestratorVersion", "nodeImageVersion", "status"));
            ObjectNode body = Json.object();
            body.set("properties", properties);
            ArmId id = ArmId.of(write.id().text() + "/agentPools/" + name);
            Write inner = new Write(id, body, azure.find(id.text(), pools).orElse(null));
            List<Resource> beside =
                    inner.creates() ? List.copyOf(seen) : pools.of(shadow).toList();
            ObjectNode pool = pools.accept(inner, shadow, beside);
            seen.add(new Resource(id, pools, pool, "", azure.now()));
            accepted.addObject().put("name", name).set("body", pool);
        }
        write.body().set("$pools", accepted);
    }

    // ------------------------------------------------------------------------------------------ effects

    @Override
    void begun(Resource cluster, boolean creates) {
        JsonNode accepted = cluster.body.remove("$pools");
        if (creates) {
            cluster.actual.put("uid", azure.hex(24)).put("host", azure.hex(8));
            cluster.actual.put(
                    "version",
                    AksVersions.resolve(cluster.text("kubernetesVersion")).orElseThrow());
            if (cluster.body.at("/identity/type").asText().equals("SystemAssigned")) {
                String principal = azure.uuid();
                cluster.actual.put("principalId", principal);
                roles.newPrincipal(principal);
            }
            machines.create(cluster);
        }
        if (accepted != null) {
            accepted.forEach(item -> {
                ArmId id = ArmId.of(
                        cluster.id.text() + "/agentPools/" + item.path("name").asText());
                ObjectNode body = (ObjectNode) item.path("body");
                Resource pool = azure.find(id.text(), pools).orElseGet(() -> {
                    Resource made = azure.put(id, pools, body);
                    made.state = "Creating";
                    return made;
                });
                pool.body = body;
            });
        }
    }

    @Override
    Optional<ArmError> complete(Resource cluster, boolean creates) {
        if (creates) {
            boolean zoned = pools.of(cluster)
                    .anyMatch(p -> p.properties().path("availabilityZones").size() > 1);
            kubernetes.create(cluster, cluster.actual.path("version").asText(), zoned);
        }
        String asked = cluster.text("kubernetesVersion");
        if (!AksVersions.keeps(asked, cluster.actual.path("version").asText())) {
            AksVersions.resolve(asked).ifPresent(version -> {
                cluster.actual.put("version", version);
                kubernetes.find(cluster).ifPresent(plane -> plane.version(version));
            });
        }
        Optional<ArmError> failed = Optional.empty();
        for (Resource pool : pools.of(cluster).toList()) {
            Optional<ArmError> error = pools.complete(pool, creates && pool.state.equals("Creating"));
            pool.state = error.isPresent() ? "Failed" : "Succeeded";
            failed = failed.or(() -> error);
        }
        return failed;
    }

    @Override
    void deleted(Resource cluster) {
        kubernetes.remove(cluster);
        machines.remove(cluster);
    }

    @Override
    Stream<String> uses(Resource cluster) {
        return Stream.of(cluster.text("diskEncryptionSetID")).filter(id -> !id.isEmpty());
    }

    static ArmReply abort(AzureSubscription azure, Resource resource) {
        Operation running = resource.running;
        if (running == null) {
            throw ArmError.conflict("OperationNotAllowed", "There is no operation to abort on " + resource + ".");
        }
        azure.cancel(
                running, ArmError.conflict("OperationCanceled", "The operation has been aborted by another request."));
        return ArmReply.noContent();
    }

    @Override
    ArmReply act(Resource cluster, String action, ObjectNode body) {
        switch (action) {
            case "abort":
                return abort(azure, cluster);
            case "listClusterAdminCredential":
                if (cluster.properties().path("disableLocalAccounts").asBoolean()) {
                    throw bad("Getting static credential is not allowed because this cluster is set to disable local"
                            + " accounts.");
                }
                return credential(cluster, "clusterAdmin", "    token: emulated-admin\n");
            case "listClusterUserCredential":
                return credential(
                        cluster,
                        "clusterUser",
                        cluster.properties().at("/aadProfile/managed").asBoolean()
                                ? "    exec:\n      apiVersion: client.authentication.k8s.io/v1beta1\n"
                                        + "      command: kubelogin\n      args:\n      - get-token\n"
                                        + "      - --server-id\n      - 6dae42f8-4368-4678-94ff-3960e28e3630\n"
                                : "    token: emulated-user\n");
            case "start", "stop":
                return power(cluster, action.equals("stop"));
            default:
                return super.act(cluster, action, body);
        }
    }

    private ArmReply power(Resource cluster, boolean stop) {
        if (cluster.running != null) {
            throw busy(cluster.running);
        }
        blockedBy(cluster.id).ifPresent(operation -> {
            throw busy(operation);
        });
        azure.begin(Operation.Kind.ACTION, cluster, stop ? "Stopping" : "Starting", Durations.CLUSTER_START, () -> {
            cluster.actual.put("stopped", stop);
            return pools.of(cluster)
                    .flatMap(pool -> machines.reconcile(cluster, pool).stream())
                    .findFirst();
        });
        return ArmReply.of(202, null);
    }

    private ArmReply credential(Resource cluster, String name, String user) {
        var plane = kubernetes
                .find(cluster)
                .orElseThrow(() -> ArmError.conflict(
                        "OperationNotAllowed", "The managed cluster " + cluster.name() + " is still being created."));
        String config = "apiVersion: v1\nkind: Config\nclusters:\n- name: " + cluster.name() + "\n  cluster:\n"
                + "    server: " + plane.endpoint() + "\n"
                + "users:\n- name: " + name + "\n  user:\n" + user
                + "contexts:\n- name: " + cluster.name() + "\n  context:\n    cluster: " + cluster.name()
                + "\n    user: " + name + "\n"
                + "current-context: " + cluster.name() + "\n";
        ObjectNode reply = Json.object();
        reply.putArray("kubeconfigs")
                .addObject()
                .put("name", name)
                .put("value", Base64.getEncoder().encodeToString(config.getBytes(StandardCharsets.UTF_8)));
        return ArmReply.ok(reply);
    }

    // ------------------------------------------------------------------------------------------ reading

    @Override
    void show(Resource cluster, ObjectNode view) {
        ObjectNode properties = Json.at(view, "properties");
        String region = cluster.location();
        String prefix = cluster.text("dnsPrefix");
        String fqdn = prefix + "-" + cluster.actual.path("host").asText() + ".hcp." + region + ".azmk8s.io";
        properties
                .putObject("powerState")
                .put("code", cluster.actual.path("stopped").asBoolean() ? "Stopped" : "Running");
        properties.put(
                "currentKubernetesVersion", cluster.actual.path("version").asText());
        properties.put("maxAgentPools", 100);
        properties.put("resourceUID", cluster.actual.path("uid").asText());
        boolean isPrivate =
                properties.at("/apiServerAccessProfile/enablePrivateCluster").asBoolean();
        properties.put(isPrivate ? "privateFQDN" : "fqdn", isPrivate ? fqdn.replace(".hcp.", ".privatelink.") : fqdn);
        properties.put("azurePortalFQDN", fqdn.replace(".hcp.", ".portal.hcp."));
        if (properties.at("/oidcIssuerProfile/enabled").asBoolean()) {
            Json.at(properties, "oidcIssuerProfile")
                    .put(
                            "issuerURL",
                            "https://" + region + ".oic.prod-aks.azure.com/" + azure.tenant + "/"
                                    + cluster.actual.path("uid").asText() + "/");
        }
        properties.putObject("servicePrincipalProfile").put("clientId", "msi");
        machines.kubeletIdentity(cluster)
                .ifPresent(kubelet -> Json.at(properties, "identityProfile", "kubeletidentity")
                        .put("resourceId", kubelet.id.text())
                        .put("clientId", kubelet.actual.path("clientId").asText())
                        .put("objectId", Identities.principal(kubelet)));
        ArrayNode profiles = properties.putArray("agentPoolProfiles");
        pools.of(cluster).forEach(pool -> profiles.add(pools.profile(pool)));
        if (pools.of(cluster)
                .anyMatch(p -> p.properties().path("enableAutoScaling").asBoolean())) {
            ObjectNode scaler = Json.at(properties, "autoScalerProfile");
            Json.byDefault(scaler, "expander", "random");
            Json.byDefault(scaler, "scan-interval", "10s");
            Json.byDefault(scaler, "scale-down-delay-after-add", "10m");
            Json.byDefault(scaler, "scale-down-unneeded-time", "10m");
            Json.byDefault(scaler, "scale-down-utilization-threshold", "0.5");
            Json.byDefault(scaler, "max-graceful-termination-sec", "600");
        }
        showFailure(cluster, properties);
        DiskEncryptionSets.showIdentity(azure, identities, cluster, view);
    }

    /** Why the last operation on a cluster or pool failed. */
    static void showFailure(Resource resource, ObjectNode properties) {
        if (resource.failure != null) {
            properties
                    .putObject("status")
                    .putObject("provisioningError")
                    .put("code", resource.failure.code)
                    .put("message", resource.failure.getMessage());
        }
    }

    @Override
    String details(Resource cluster) {
        return " " + cluster.actual.path("version").asText() + " "
                + cluster.body.at("/sku/tier").asText();
    }

    /** What a cluster can be upgraded to. */
    ArmReply upgrades(ArmRequest request, ArmId id) {
        String parent =
                id.text().substring(0, id.text().toLowerCase(Locale.ROOT).indexOf("/upgradeprofiles"));
        Resource cluster = azure.find(parent, this).orElseThrow(() -> ArmError.notFound(ArmId.of(parent)));
        ObjectNode body = Json.object().put("id", id.text()).put("name", "default");
        ObjectNode plane = Json.at(body, "properties", "controlPlaneProfile");
        String version = cluster.actual.path("version").asText();
        plane.put("kubernetesVersion", version).put("osType", "Linux");
        ArrayNode upgrades = plane.putArray("upgrades");
        AksVersions.upgrades(version).forEach(v -> upgrades.addObject().put("kubernetesVersion", v));
        Json.at(body, "properties").putArray("agentPoolProfiles");
        return ArmReply.ok(body);
    }
}
