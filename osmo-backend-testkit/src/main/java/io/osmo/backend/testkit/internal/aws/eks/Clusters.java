// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.cluster.Distribution;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.ec2.SecurityGroups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.*;

/** Control planes, from creation to deletion. */
final class Clusters {
    private static final Duration CREATE = Duration.ofMinutes(9);
    private static final Duration DELETE = Duration.ofMinutes(3);

    private final Eks eks;
    private final ClusterRules rules;

    Clusters(Eks eks) {
        this.eks = eks;
        this.rules = new ClusterRules(eks);
    }

    CreateClusterResponse createCluster(CreateClusterRequest r) {
        return eks.account.once(r, r.clientRequestToken(), () -> {
            Versions.Offer version = rules.check(r);
            List<Subnet> subnets = rules.subnets(r.resourcesVpcConfig().subnetIds());
            String securityGroup = createSecurityGroup(r.name(), subnets);
            Cluster cluster = eks.clusters.put(
                    r.name(), cluster(r, version, subnets.get(0).vpcId(), securityGroup));
            ControlPlaneInterfaces.place(eks, cluster);
            if (r.accessConfig() == null
                    || !Boolean.FALSE.equals(r.accessConfig().bootstrapClusterCreatorAdminPermissions())) {
                admitCreator(cluster);
            }
            boolean selfManaged = !Boolean.FALSE.equals(r.bootstrapSelfManagedAddons());
            eks.account.after(CREATE, () -> activate(r.name(), version, selfManaged));
            return CreateClusterResponse.builder().cluster(cluster).build();
        });
    }

    /** Creates the cluster's security group. */
    private String createSecurityGroup(String name, List<Subnet> subnets) {
        String securityGroup = SecurityGroups.create(
                eks.ec2,
                subnets.get(0).vpcId(),
                "eks-cluster-sg-" + name + "-" + Long.parseLong(eks.account.hex(7), 16),
                "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any"
                        + " managed workloads.");
        eks.ec2.tags.putAsService(
                securityGroup, Map.of("aws:eks:cluster-name", name, "kubernetes.io/cluster/" + name, "owned"));
        return securityGroup;
    }

    private Cluster cluster(CreateClusterRequest r, Versions.Offer version, String vpc, String securityGroup) {
        return Cluster.builder()
                .name(r.name())
                .arn(eks.arn("eks", "cluster/" + r.name()))
                .createdAt(eks.account.now())
                .version(version.minor())
                .platformVersion("eks.8")
                .roleArn(r.roleArn())
                .status(ClusterStatus.CREATING)
                .certificateAuthority(Certificate.builder().build())
                .resourcesVpcConfig(vpcConfig(r.resourcesVpcConfig(), vpc, securityGroup))
                .kubernetesNetworkConfig(k -> k.serviceIpv4Cidr(ClusterRules.serviceCidr(r))
                        .ipFamily(IpFamily.IPV4)
                        .elasticLoadBalancing(e -> e.enabled(false)))
                .logging(ClusterLogging.complete(r.logging()))
                .encryptionConfig(r.encryptionConfig())
                .accessConfig(a -> a.authenticationMode(
                        r.accessConfig() == null || r.accessConfig().authenticationMode() == null
                                ? AuthenticationMode.CONFIG_MAP
                                : r.accessConfig().authenticationMode()))
                .upgradePolicy(u -> u.supportType(
                        r.upgradePolicy() == null
                                ? SupportType.EXTENDED
                                : r.upgradePolicy().supportType()))
                .zonalShiftConfig(z -> z.enabled(
                        r.zonalShiftConfig() != null && r.zonalShiftConfig().enabled()))
                .deletionProtection(Boolean.TRUE.equals(r.deletionProtection()))
                .computeConfig(c -> c.enabled(false))
                .storageConfig(s -> s.blockStorage(b -> b.enabled(false)))
                .health(ClusterHealth.builder().issues(List.of()).build())
                .tags(EksTags.checked(r.tags()))
                .clientRequestToken(r.clientRequestToken())
                .build();
    }

    private static VpcConfigResponse vpcConfig(VpcConfigRequest wanted, String vpc, String securityGroup) {
        List<String> cidrs = wanted.publicAccessCidrs().isEmpty() ? List.of("0.0.0.0/0") : wanted.publicAccessCidrs();
        return VpcConfigResponse.builder()
                .subnetIds(wanted.subnetIds())
                .securityGroupIds(wanted.securityGroupIds())
                .clusterSecurityGroupId(securityGroup)
                .vpcId(vpc)
                .endpointPublicAccess(ClusterRules.isPublic(wanted))
                .endpointPrivateAccess(ClusterRules.isPrivate(wanted))
                .publicAccessCidrs(ClusterRules.isPublic(wanted) ? cidrs : List.of())
                .build();
    }

    private void activate(String name, Versions.Offer version, boolean selfManaged) {
        var plane = eks.kubernetes.create(Eks.kubernetesName(eks.region, name), Distribution.EKS, version.patch());
        // Since 1.30 it is not the default class.
        plane.put(Map.of(
                "apiVersion", "storage.k8s.io/v1",
                "kind", "StorageClass",
                "metadata", Map.of("name", "gp2"),
                "provisioner", "kubernetes.io/aws-ebs",
                "parameters", Map.of("type", "gp2", "fsType", "ext4"),
                "reclaimPolicy", "Delete",
                "volumeBindingMode", "WaitForFirstConsumer"));
        if (selfManaged) {
            List.of("vpc-cni", "kube-proxy", "coredns").forEach(addon -> AddonObjects.install(plane, addon));
        }
        eks.clusters.update(
                name,
                c -> c.toBuilder()
                        .status(ClusterStatus.ACTIVE)
                        .endpoint(plane.endpoint().toString())
                        .certificateAuthority(Certificate.builder().data("").build())
                        .identity(i -> i.oidc(o -> o.issuer("https://oidc.eks." + eks.region + ".amazonaws.com/id/"
                                + eks.account.hex(32).toUpperCase(Locale.ROOT))))
                        .build());
        ClusterLogging.createGroup(eks, eks.clusters.get(name));
    }

    private void admitCreator(Cluster cluster) {
        String principal = eks.account.arn("iam", "", AwsAccount.ROLE);
        String key = cluster.name() + "/" + principal;
        eks.accessEntries.put(key, AccessEntries.entry(eks, cluster.name(), principal, "STANDARD", Map.of()));
        eks.accessPolicies.put(
                key,
                new ArrayList<>(List.of(AssociatedAccessPolicy.builder()
                        .policyArn(eks.account.awsOwned("eks", "cluster-access-policy/AmazonEKSClusterAdminPolicy"))
                        .accessScope(s -> s.type(AccessScopeType.CLUSTER))
                        .associatedAt(eks.account.now())
                        .modifiedAt(eks.account.now())
                        .build())));
    }

    DescribeClusterResponse describeCluster(DescribeClusterRequest r) {
        return DescribeClusterResponse.builder()
                .cluster(eks.clusters.get(r.name()))
                .build();
    }

    ListClustersResponse listClusters(ListClustersRequest r) {
        List<String> names =
                eks.clusters.all().stream().map(Cluster::name).sorted().toList();
        Page<String> page = Page.of(names, r.maxResults(), r.nextToken(), eks.account.pageSize());
        return ListClustersResponse.builder()
                .clusters(page.items())
                .nextToken(page.next())
                .build();
    }

    DeleteClusterResponse deleteCluster(DeleteClusterRequest r) {
        Cluster cluster = eks.clusters.get(r.name());
        if (cluster.status() == ClusterStatus.CREATING || cluster.status() == ClusterStatus.UPDATING) {
            throw EksErrors.inUse("Cluster " + r.name() + " is in state " + cluster.statusAsString());
        }
        if (Boolean.TRUE.equals(cluster.deletionProtection())) {
            throw EksErrors.invalidRequest("Cluster " + r.name()
                    + " has deletion protection enabled. Disable deletion protection to delete it.");
        }
        if (!eks.nodeGroups(r.name()).isEmpty()) {
            throw EksErrors.inUse("Cluster has nodegroups attached");
        }
        if (eks.fargateProfiles.any(p -> p.clusterName().equals(r.name()))) {
            throw EksErrors.inUse("Cluster has fargate profiles attached");
        }
        if (eks.capabilities.any(c -> c.clusterName().equals(r.name()))) {
            throw EksErrors.inUse("Cluster has capabilities attached");
        }
        if (cluster.status() != ClusterStatus.DELETING) {
            eks.clusters.update(
                    r.name(), c -> c.toBuilder().status(ClusterStatus.DELETING).build());
            eks.account.after(DELETE, () -> deleted(r.name()));
        }
        return DeleteClusterResponse.builder()
                .cluster(eks.clusters.get(r.name()))
                .build();
    }

    /** Ends a deletion. The log group remains, and so does the security group if interfaces of pods still use it. */
    private void deleted(String name) {
        Cluster cluster = eks.clusters.get(name);
        eks.kubernetes.remove(Eks.kubernetesName(eks.region, name));
        ControlPlaneInterfaces.remove(eks, name);
        String group = cluster.resourcesVpcConfig().clusterSecurityGroupId();
        boolean used = eks.ec2.networkInterfaces.any(
                i -> i.groups().stream().anyMatch(g -> g.groupId().equals(group)));
        if (!used) {
            eks.ec2.securityGroups.remove(group);
            eks.ec2.tags.remove(group);
        }
        String prefix = name + "/";
        eks.addons.where(a -> a.clusterName().equals(name)).forEach(a -> eks.addons.remove(prefix + a.addonName()));
        eks.accessEntries.where(e -> e.clusterName().equals(name)).forEach(e -> {
            eks.accessEntries.remove(prefix + e.principalArn());
            eks.accessPolicies.remove(prefix + e.principalArn());
        });
        eks.podIdentities
                .where(p -> p.clusterName().equals(name))
                .forEach(p -> eks.podIdentities.remove(prefix + p.associationId()));
        eks.clusters.remove(name);
    }
}
