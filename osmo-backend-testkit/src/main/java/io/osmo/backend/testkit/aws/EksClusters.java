// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.cluster.Distribution;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.*;

/** EKS control planes. */
final class EksClusters {
    private static final String CLUSTER_ADMIN = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

    private final AwsRegion region;
    private final EmulatedIam iam;
    private final EmulatedKms kms;
    private final EmulatedClusters kubernetes;

    EksClusters(AwsRegion region, EmulatedIam iam, EmulatedKms kms, EmulatedClusters kubernetes) {
        this.region = region;
        this.iam = iam;
        this.kms = kms;
        this.kubernetes = kubernetes;
    }

    /** Name of a cluster's API server among the emulated ones. */
    static String kubernetesName(AwsRegion region, String cluster) {
        return region.name + "-" + cluster;
    }

    /** A cluster that can be worked on. */
    static Cluster requireActive(AwsRegion region, String name) {
        Cluster cluster = region.clusters.get(name);
        if (cluster.status() == ClusterStatus.UPDATING) {
            throw AwsErrors.eksInUse("Cluster " + name + " already has an update in progress");
        }
        if (cluster.status() != ClusterStatus.ACTIVE) {
            throw AwsErrors.eksInvalidRequest("Cluster '" + name + "' is not in ACTIVE status");
        }
        return cluster;
    }

    CreateClusterResponse createCluster(CreateClusterRequest r) {
        return region.account.once("CreateCluster", r.clientRequestToken(), () -> {
            if (region.clusters.has(r.name())) {
                throw AwsErrors.eksInUse("Cluster already exists with name: " + r.name());
            }
            if (region.clusters.size() >= region.account.quota(AwsQuotas.CLUSTERS)) {
                throw AwsErrors.eksLimit("Cluster limit exceeded");
            }
            EksVersions.Offer version = EksVersions.offer(r.version() == null ? EksVersions.DEFAULT : r.version());
            if (version.status(region.account.now()) == VersionStatus.UNSUPPORTED) {
                throw AwsErrors.eksInvalidParameter("unsupported Kubernetes version " + version.minor());
            }
            if (version.status(region.account.now()) == VersionStatus.EXTENDED_SUPPORT
                    && r.upgradePolicy() != null
                    && r.upgradePolicy().supportType() == SupportType.STANDARD) {
                throw AwsErrors.eksInvalidParameter("Kubernetes version " + version.minor()
                        + " is in extended support; supportType STANDARD is not possible");
            }
            requireRole(r.roleArn());
            List<Subnet> subnets = requireSubnets(r.resourcesVpcConfig().subnetIds());
            r.resourcesVpcConfig().securityGroupIds().forEach(region.securityGroups::get);
            for (EncryptionConfig encryption : r.encryptionConfig()) {
                if (!kms.isUsable(encryption.provider().keyArn())) {
                    throw AwsErrors.eksInvalidParameter("The keyArn in encryptionConfig provider: "
                            + encryption.provider().keyArn() + " is invalid or cannot be used");
                }
            }
            return create(r, version, subnets);
        });
    }

    private CreateClusterResponse create(CreateClusterRequest r, EksVersions.Offer version, List<Subnet> subnets) {
        String name = r.name();
        String vpc = subnets.get(0).vpcId();
        String securityGroup = Ec2SecurityGroups.create(
                region,
                vpc,
                "eks-cluster-sg-" + name + "-" + Long.parseLong(region.account.hex(7), 16),
                "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any"
                        + " managed workloads.");
        region.tagAsService(
                securityGroup, Map.of("aws:eks:cluster-name", name, "kubernetes.io/cluster/" + name, "owned"));
        for (Subnet subnet : subnets.subList(0, 2)) {
            Ec2NetworkInterfaces.create(
                    region,
                    subnet,
                    i -> i.description("Amazon EKS " + name)
                            .requesterManaged(true)
                            .status(NetworkInterfaceStatus.IN_USE)
                            .groups(GroupIdentifier.builder()
                                    .groupId(securityGroup)
                                    .build()));
        }
        VpcConfigRequest vpcConfig = r.resourcesVpcConfig();
        boolean publicAccess = !Boolean.FALSE.equals(vpcConfig.endpointPublicAccess());
        boolean privateAccess = Boolean.TRUE.equals(vpcConfig.endpointPrivateAccess());
        if (!publicAccess && !privateAccess) {
            throw AwsErrors.eksInvalidParameter("Private and public endpoint access cannot be false");
        }
        String serviceCidr = r.kubernetesNetworkConfig() == null
                        || r.kubernetesNetworkConfig().serviceIpv4Cidr() == null
                ? "172.20.0.0/16"
                : r.kubernetesNetworkConfig().serviceIpv4Cidr();
        if (Cidrs.overlap(
                Cidrs.range(serviceCidr), Cidrs.range(region.vpcs.get(vpc).cidrBlock()))) {
            throw AwsErrors.eksInvalidParameter("The service CIDR overlaps with the VPC's: " + serviceCidr);
        }
        Cluster cluster = region.clusters.put(
                name,
                Cluster.builder()
                        .name(name)
                        .arn(region.arn("eks", "cluster/" + name))
                        .createdAt(region.account.now())
                        .version(version.minor())
                        .platformVersion("eks.8")
                        .roleArn(r.roleArn())
                        .status(ClusterStatus.CREATING)
                        .certificateAuthority(Certificate.builder().build())
                        .resourcesVpcConfig(v -> v.subnetIds(vpcConfig.subnetIds())
                                .securityGroupIds(vpcConfig.securityGroupIds())
                                .clusterSecurityGroupId(securityGroup)
                                .vpcId(vpc)
                                .endpointPublicAccess(publicAccess)
                                .endpointPrivateAccess(privateAccess)
                                .publicAccessCidrs(
                                        !publicAccess
                                                ? List.of()
                                                : vpcConfig.publicAccessCidrs().isEmpty()
                                                        ? List.of("0.0.0.0/0")
                                                        : vpcConfig.publicAccessCidrs()))
                        .kubernetesNetworkConfig(k -> k.serviceIpv4Cidr(serviceCidr)
                                .ipFamily(IpFamily.IPV4)
                                .elasticLoadBalancing(e -> e.enabled(false)))
                        .logging(logging(r.logging()))
                        .encryptionConfig(r.encryptionConfig())
                        .accessConfig(a -> a.authenticationMode(
                                r.accessConfig() == null || r.accessConfig().authenticationMode() == null
                                        ? AuthenticationMode.CONFIG_MAP
                                        : r.accessConfig().authenticationMode()))
                        .upgradePolicy(u -> u.supportType(
                                r.upgradePolicy() == null
                                        ? SupportType.EXTENDED
                                        : r.upgradePolicy().supportType()))
                        .zonalShiftConfig(z -> z.enabled(r.zonalShiftConfig() != null
                                && r.zonalShiftConfig().enabled()))
                        .deletionProtection(Boolean.TRUE.equals(r.deletionProtection()))
                        .computeConfig(c -> c.enabled(false))
                        .storageConfig(s -> s.blockStorage(b -> b.enabled(false)))
                        .health(ClusterHealth.builder().issues(List.of()).build())
                        .tags(r.tags())
                        .clientRequestToken(r.clientRequestToken())
                        .build());
        if (r.accessConfig() == null
                || !Boolean.FALSE.equals(r.accessConfig().bootstrapClusterCreatorAdminPermissions())) {
            admitCreator(cluster);
        }
        boolean selfManaged = !Boolean.FALSE.equals(r.bootstrapSelfManagedAddons());
        region.account.after(Durations.CLUSTER_CREATE, () -> activate(name, version, selfManaged));
        return CreateClusterResponse.builder().cluster(cluster).build();
    }

    private void activate(String name, EksVersions.Offer version, boolean selfManaged) {
        var plane = kubernetes.create(kubernetesName(region, name), Distribution.EKS, version.patch());
        // Not the default class since 1.30.
        plane.put(Map.of(
                "apiVersion", "storage.k8s.io/v1",
                "kind", "StorageClass",
                "metadata", Map.of("name", "gp2"),
                "provisioner", "kubernetes.io/aws-ebs",
                "parameters", Map.of("type", "gp2", "fsType", "ext4"),
                "reclaimPolicy", "Delete",
                "volumeBindingMode", "WaitForFirstConsumer"));
        if (selfManaged) {
            List.of("vpc-cni", "kube-proxy", "coredns").forEach(addon -> EksAddons.install(plane, addon));
        }
        region.clusters.update(
                name,
                c -> c.toBuilder()
                        .status(ClusterStatus.ACTIVE)
                        .endpoint(plane.endpoint().toString())
                        .certificateAuthority(Certificate.builder().data("").build())
                        .identity(i -> i.oidc(o -> o.issuer("https://oidc.eks." + region.name + ".amazonaws.com/id/"
                                + region.account.hex(32).toUpperCase(Locale.ROOT))))
                        .build());
        createLogGroup(region.clusters.get(name));
    }

    private void admitCreator(Cluster cluster) {
        String principal = "arn:aws:iam::" + region.account.id() + ":role/osmo-backend";
        String key = cluster.name() + "/" + principal;
        region.accessEntries.put(key, EksAccess.entry(region, cluster.name(), principal, "STANDARD", Map.of()));
        region.accessPolicies.put(
                key,
                new ArrayList<>(List.of(AssociatedAccessPolicy.builder()
                        .policyArn(CLUSTER_ADMIN)
                        .accessScope(s -> s.type(AccessScopeType.CLUSTER))
                        .associatedAt(region.account.now())
                        .modifiedAt(region.account.now())
                        .build())));
    }

    DescribeClusterResponse describeCluster(DescribeClusterRequest r) {
        return DescribeClusterResponse.builder()
                .cluster(region.clusters.get(r.name()))
                .build();
    }

    ListClustersResponse listClusters(ListClustersRequest r) {
        List<String> names =
                region.clusters.all().stream().map(Cluster::name).sorted().toList();
        Page<String> page = Page.of(names, r.maxResults(), r.nextToken(), region.account.pageSize());
        return ListClustersResponse.builder()
                .clusters(page.items())
                .nextToken(page.next())
                .build();
    }

    UpdateClusterVersionResponse updateClusterVersion(UpdateClusterVersionRequest r) {
        return region.account.once("UpdateClusterVersion", r.clientRequestToken(), () -> {
            Cluster cluster = requireActive(region, r.name());
            EksVersions.Offer target = EksVersions.offer(r.version());
            int from = EksVersions.number(cluster.version());
            int to = EksVersions.number(r.version());
            if (to == from) {
                throw AwsErrors.eksInvalidParameter("Cluster is already at the desired version " + r.version());
            }
            if (to != from + 1) {
                throw AwsErrors.eksInvalidParameter(
                        "Unsupported Kubernetes minor version update from " + cluster.version() + " to " + r.version());
            }
            List<String> behind = nodeGroups(r.name()).stream()
                    .filter(g -> to - EksVersions.number(g.version()) > 3)
                    .map(Nodegroup::nodegroupName)
                    .toList();
            if (!behind.isEmpty()) {
                throw AwsErrors.eksInvalidRequest("Nodegroups " + behind
                        + " must be updated before the cluster can be updated to " + r.version());
            }
            updating(r.name());
            Update update = EksUpdates.begin(
                    region,
                    r.name(),
                    UpdateType.VERSION_UPDATE,
                    List.of(
                            EksUpdates.param(UpdateParamType.VERSION, r.version()),
                            EksUpdates.param(UpdateParamType.PLATFORM_VERSION, "eks.8")),
                    Durations.CLUSTER_UPGRADE,
                    () -> {
                        kubernetes.get(kubernetesName(region, r.name())).version(target.patch());
                        updated(r.name(), c -> c.version(r.version()));
                    });
            return UpdateClusterVersionResponse.builder().update(update).build();
        });
    }

    UpdateClusterConfigResponse updateClusterConfig(UpdateClusterConfigRequest r) {
        return region.account.once("UpdateClusterConfig", r.clientRequestToken(), () -> {
            Cluster cluster = requireActive(region, r.name());
            List<java.util.function.Supplier<Update>> changes = new ArrayList<>();
            if (r.resourcesVpcConfig() != null) {
                changes.add(() -> updateVpcConfig(cluster, r.resourcesVpcConfig()));
            }
            if (r.logging() != null) {
                changes.add(() -> {
                    if (logging(r.logging()).equals(cluster.logging())) {
                        throw AwsErrors.eksInvalidParameter("No changes needed for the logging config provided");
                    }
                    return config(
                            r.name(),
                            UpdateType.LOGGING_UPDATE,
                            UpdateParamType.CLUSTER_LOGGING,
                            r.logging(),
                            c -> c.logging(logging(r.logging())));
                });
            }
            if (r.accessConfig() != null) {
                changes.add(() -> {
                    AuthenticationMode old = cluster.accessConfig().authenticationMode();
                    AuthenticationMode wanted = r.accessConfig().authenticationMode();
                    if (wanted.ordinal() == old.ordinal() || old == AuthenticationMode.API) {
                        throw AwsErrors.eksInvalidParameter(
                                "Unsupported authentication mode update from " + old + " to " + wanted);
                    }
                    return config(
                            r.name(),
                            UpdateType.ACCESS_CONFIG_UPDATE,
                            UpdateParamType.AUTHENTICATION_MODE,
                            wanted,
                            c -> c.accessConfig(a -> a.authenticationMode(wanted)));
                });
            }
            if (r.upgradePolicy() != null) {
                changes.add(() -> config(
                        r.name(),
                        UpdateType.UPGRADE_POLICY_UPDATE,
                        UpdateParamType.UPGRADE_POLICY,
                        r.upgradePolicy().supportType(),
                        c -> c.upgradePolicy(
                                u -> u.supportType(r.upgradePolicy().supportType()))));
            }
            if (r.zonalShiftConfig() != null) {
                changes.add(() -> config(
                        r.name(),
                        UpdateType.ZONAL_SHIFT_CONFIG_UPDATE,
                        UpdateParamType.ZONAL_SHIFT_CONFIG,
                        r.zonalShiftConfig().enabled(),
                        c -> c.zonalShiftConfig(
                                z -> z.enabled(r.zonalShiftConfig().enabled()))));
            }
            if (r.deletionProtection() != null) {
                changes.add(() -> config(
                        r.name(),
                        UpdateType.DELETION_PROTECTION_UPDATE,
                        UpdateParamType.DELETION_PROTECTION,
                        r.deletionProtection(),
                        c -> c.deletionProtection(r.deletionProtection())));
            }
            if (changes.size() != 1) {
                throw AwsErrors.eksInvalidParameter(
                        "Exactly one type of update can be made at a time, not " + changes.size());
            }
            return UpdateClusterConfigResponse.builder()
                    .update(changes.get(0).get())
                    .build();
        });
    }

    private Update updateVpcConfig(Cluster cluster, VpcConfigRequest wanted) {
        VpcConfigResponse old = cluster.resourcesVpcConfig();
        boolean publicAccess =
                wanted.endpointPublicAccess() == null ? old.endpointPublicAccess() : wanted.endpointPublicAccess();
        boolean privateAccess =
                wanted.endpointPrivateAccess() == null ? old.endpointPrivateAccess() : wanted.endpointPrivateAccess();
        List<String> cidrs =
                wanted.publicAccessCidrs().isEmpty() ? old.publicAccessCidrs() : wanted.publicAccessCidrs();
        if (!publicAccess && !privateAccess) {
            throw AwsErrors.eksInvalidParameter("Private and public endpoint access cannot be false");
        }
        if (publicAccess == old.endpointPublicAccess()
                && privateAccess == old.endpointPrivateAccess()
                && Set.copyOf(cidrs).equals(Set.copyOf(old.publicAccessCidrs()))
                && wanted.subnetIds().isEmpty()) {
            throw AwsErrors.eksInvalidParameter(
                    "Cluster is already at the desired configuration with endpointPrivateAccess: " + privateAccess
                            + " , endpointPublicAccess: " + publicAccess + ", and Public Endpoint Restrictions: "
                            + cidrs);
        }
        List<String> subnets = wanted.subnetIds().isEmpty() ? old.subnetIds() : wanted.subnetIds();
        requireSubnets(subnets);
        return config(
                cluster.name(),
                UpdateType.ENDPOINT_ACCESS_UPDATE,
                UpdateParamType.PUBLIC_ACCESS_CIDRS,
                cidrs,
                c -> c.resourcesVpcConfig(old.toBuilder()
                        .endpointPublicAccess(publicAccess)
                        .endpointPrivateAccess(privateAccess)
                        .publicAccessCidrs(publicAccess ? cidrs : List.of())
                        .subnetIds(subnets)
                        .build()));
    }

    private Update config(
            String name,
            UpdateType type,
            UpdateParamType param,
            Object value,
            java.util.function.Consumer<Cluster.Builder> change) {
        updating(name);
        return EksUpdates.begin(
                region, name, type, List.of(EksUpdates.param(param, value)), Durations.CLUSTER_CONFIG, () -> {
                    updated(name, change);
                    createLogGroup(region.clusters.get(name));
                });
    }

    DeleteClusterResponse deleteCluster(DeleteClusterRequest r) {
        Cluster cluster = region.clusters.get(r.name());
        if (cluster.status() == ClusterStatus.CREATING || cluster.status() == ClusterStatus.UPDATING) {
            throw AwsErrors.eksInUse("Cluster " + r.name() + " is in state " + cluster.statusAsString());
        }
        if (Boolean.TRUE.equals(cluster.deletionProtection())) {
            throw AwsErrors.eksInvalidRequest("Cluster " + r.name()
                    + " has deletion protection enabled. Disable deletion protection to delete it.");
        }
        if (!nodeGroups(r.name()).isEmpty()) {
            throw AwsErrors.eksInUse("Cluster has nodegroups attached");
        }
        if (cluster.status() != ClusterStatus.DELETING) {
            region.clusters.update(
                    r.name(), c -> c.toBuilder().status(ClusterStatus.DELETING).build());
            region.account.after(Durations.CLUSTER_DELETE, () -> deleted(r.name()));
        }
        return DeleteClusterResponse.builder()
                .cluster(region.clusters.get(r.name()))
                .build();
    }

    /** What EKS takes along, and what stays: the security group when interfaces of pods still use it, and the log group. */
    private void deleted(String name) {
        Cluster cluster = region.clusters.get(name);
        kubernetes.remove(kubernetesName(region, name));
        region.networkInterfaces
                .where(i -> ("Amazon EKS " + name).equals(i.description()))
                .forEach(i -> region.networkInterfaces.remove(i.networkInterfaceId()));
        String group = cluster.resourcesVpcConfig().clusterSecurityGroupId();
        boolean used = region.networkInterfaces.any(
                i -> i.groups().stream().anyMatch(g -> g.groupId().equals(group)));
        if (!used) {
            region.securityGroups.remove(group);
            region.ec2Tags.remove(group);
        }
        String prefix = name + "/";
        region.addons
                .where(a -> a.clusterName().equals(name))
                .forEach(a -> region.addons.remove(prefix + a.addonName()));
        region.accessEntries.where(e -> e.clusterName().equals(name)).forEach(e -> {
            region.accessEntries.remove(prefix + e.principalArn());
            region.accessPolicies.remove(prefix + e.principalArn());
        });
        region.podIdentities
                .where(p -> p.clusterName().equals(name))
                .forEach(p -> region.podIdentities.remove(prefix + p.associationId()));
        region.clusters.remove(name);
    }

    TagResourceResponse tagResource(TagResourceRequest r) {
        retag(r.resourceArn(), tags -> tags.putAll(r.tags()));
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untagResource(UntagResourceRequest r) {
        retag(r.resourceArn(), tags -> tags.keySet().removeAll(r.tagKeys()));
        return UntagResourceResponse.builder().build();
    }

    ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest r) {
        Map<String, String> found = new TreeMap<>();
        retag(r.resourceArn(), found::putAll);
        return ListTagsForResourceResponse.builder().tags(found).build();
    }

    /** Changes the tags of whatever has this ARN; the change sees the old tags as a mutable map. */
    private void retag(String arn, java.util.function.Consumer<Map<String, String>> change) {
        for (Cluster row : region.clusters.all()) {
            if (row.arn().equals(arn)) {
                region.clusters.put(
                        row.name(),
                        row.toBuilder().tags(changed(row.tags(), change)).build());
                return;
            }
        }
        for (Nodegroup row : region.nodeGroups.all()) {
            if (row.nodegroupArn().equals(arn)) {
                region.nodeGroups.put(
                        row.clusterName() + "/" + row.nodegroupName(),
                        row.toBuilder().tags(changed(row.tags(), change)).build());
                return;
            }
        }
        for (Addon row : region.addons.all()) {
            if (row.addonArn().equals(arn)) {
                region.addons.put(
                        row.clusterName() + "/" + row.addonName(),
                        row.toBuilder().tags(changed(row.tags(), change)).build());
                return;
            }
        }
        for (AccessEntry row : region.accessEntries.all()) {
            if (row.accessEntryArn().equals(arn)) {
                region.accessEntries.put(
                        row.clusterName() + "/" + row.principalArn(),
                        row.toBuilder().tags(changed(row.tags(), change)).build());
                return;
            }
        }
        for (PodIdentityAssociation row : region.podIdentities.all()) {
            if (row.associationArn().equals(arn)) {
                region.podIdentities.put(
                        row.clusterName() + "/" + row.associationId(),
                        row.toBuilder().tags(changed(row.tags(), change)).build());
                return;
            }
        }
        throw AwsErrors.of(
                NotFoundException.builder(), "Eks", 404, "NotFoundException", "No resource found for ARN " + arn);
    }

    private static Map<String, String> changed(
            Map<String, String> tags, java.util.function.Consumer<Map<String, String>> change) {
        Map<String, String> copy = new TreeMap<>(tags);
        change.accept(copy);
        return copy;
    }

    private List<Nodegroup> nodeGroups(String cluster) {
        return region.nodeGroups.where(g -> g.clusterName().equals(cluster)).toList();
    }

    private void updating(String name) {
        region.clusters.update(
                name, c -> c.toBuilder().status(ClusterStatus.UPDATING).build());
    }

    private void updated(String name, java.util.function.Consumer<Cluster.Builder> change) {
        region.clusters.updateIfPresent(name, c -> {
            Cluster.Builder builder = c.toBuilder().status(ClusterStatus.ACTIVE);
            change.accept(builder);
            return builder.build();
        });
    }

    private void createLogGroup(Cluster cluster) {
        boolean logs = cluster.logging().clusterLogging().stream().anyMatch(l -> Boolean.TRUE.equals(l.enabled()));
        if (logs) {
            region.logGroups.putIfAbsent("/aws/eks/" + cluster.name() + "/cluster", region.account.now());
        }
    }

    /** Every type of log, on or off, as EKS answers. */
    private static Logging logging(@org.jspecify.annotations.Nullable Logging wanted) {
        List<LogType> on = wanted == null
                ? List.of()
                : wanted.clusterLogging().stream()
                        .filter(l -> Boolean.TRUE.equals(l.enabled()))
                        .flatMap(l -> l.types().stream())
                        .sorted()
                        .toList();
        List<LogType> off = LogType.knownValues().stream()
                .filter(t -> !on.contains(t))
                .sorted()
                .toList();
        List<LogSetup> setups = new ArrayList<>();
        if (!on.isEmpty()) {
            setups.add(LogSetup.builder().types(on).enabled(true).build());
        }
        if (!off.isEmpty()) {
            setups.add(LogSetup.builder().types(off).enabled(false).build());
        }
        return Logging.builder().clusterLogging(setups).build();
    }

    private void requireRole(String arn) {
        boolean good = iam.assumable(arn, region.account.now())
                .filter(role -> EmulatedIam.trusts(role, "eks.amazonaws.com"))
                .isPresent();
        if (!good) {
            throw AwsErrors.eksInvalidParameter("Role with arn: " + arn
                    + ", could not be assumed because it does not exist or the trusted entity is not" + " correct");
        }
    }

    private List<Subnet> requireSubnets(List<String> ids) {
        List<Subnet> subnets = ids.stream()
                .map(id -> region.subnets
                        .find(id)
                        .orElseThrow(() -> AwsErrors.eksInvalidParameter("The subnet ID '" + id + "' does not exist")))
                .toList();
        Set<String> zones = subnets.stream().map(Subnet::availabilityZone).collect(Collectors.toSet());
        if (zones.size() < 2) {
            throw AwsErrors.eksInvalidParameter("Subnets specified must be in at least two different AZs");
        }
        if (subnets.stream().map(Subnet::vpcId).distinct().count() != 1) {
            throw AwsErrors.eksInvalidParameter("Subnets must be in the same VPC");
        }
        return subnets;
    }
}
