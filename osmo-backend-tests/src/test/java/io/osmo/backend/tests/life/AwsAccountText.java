// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.life;

import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** Everything that AWS says of what is in an account, by id. */
final class AwsAccountText {
    private AwsAccountText() {}

    static void global(AwsClients c, Map<String, Object> all) {
        c.iam()
                .getAccountAuthorizationDetails(r -> {})
                .roleDetailList()
                .forEach(role -> all.put("role " + role.roleName(), role));
    }

    static void region(String region, AwsClients c, EmulatedAws aws, Map<String, Object> all) {
        ec2(region + " ", c.ec2(), all);
        keys(region + " ", c.kms(), all);
        backup(region + " ", c.backup(), all);
        eks(region, c.eks(), aws, all);
        c.logs()
                .describeLogGroups(r -> {})
                .logGroups()
                .forEach(group -> all.put(region + " log group " + group.logGroupName(), group));
        c.autoScaling()
                .describeAutoScalingGroups(r -> {})
                .autoScalingGroups()
                .forEach(group -> all.put(region + " group " + group.autoScalingGroupName(), group));
    }

    private static void ec2(String region, Ec2Client ec2, Map<String, Object> all) {
        ec2.describeVpcs().vpcs().forEach(v -> all.put(region + v.vpcId(), v));
        ec2.describeSubnets().subnets().forEach(s -> all.put(region + s.subnetId(), s));
        ec2.describeInternetGateways().internetGateways().forEach(g -> all.put(region + g.internetGatewayId(), g));
        ec2.describeAddresses().addresses().forEach(a -> all.put(region + a.allocationId(), a));
        ec2.describeNatGateways().natGateways().stream()
                .filter(n -> n.state() != NatGatewayState.DELETED)
                .forEach(n -> all.put(region + n.natGatewayId(), n));
        ec2.describeRouteTables().routeTables().forEach(t -> all.put(region + t.routeTableId(), t));
        ec2.describeVpcEndpoints().vpcEndpoints().forEach(e -> all.put(region + e.vpcEndpointId(), e));
        ec2.describeSecurityGroups().securityGroups().forEach(g -> all.put(region + g.groupId(), g));
        ec2.describeNetworkInterfaces().networkInterfaces().forEach(i -> all.put(region + i.networkInterfaceId(), i));
        ec2.describeLaunchTemplates().launchTemplates().forEach(t -> all.put(region + t.launchTemplateId(), t));
        ec2.describePlacementGroups().placementGroups().forEach(g -> all.put(region + g.groupId(), g));
        ec2.describeVolumes().volumes().forEach(v -> all.put(region + v.volumeId(), v));
        ec2.describeInstances()
                .reservations()
                .forEach(r -> r.instances().forEach(i -> all.put(region + i.instanceId(), i)));
    }

    private static void keys(String region, KmsClient kms, Map<String, Object> all) {
        kms.listKeys().keys().forEach(key -> {
            String id = key.keyId();
            all.put(
                    region + "key " + id,
                    List.of(
                            kms.describeKey(r -> r.keyId(id)).keyMetadata(),
                            kms.getKeyRotationStatus(r -> r.keyId(id)).keyRotationEnabled(),
                            kms.getKeyPolicy(r -> r.keyId(id)).policy(),
                            kms.listResourceTags(r -> r.keyId(id)).tags()));
        });
        kms.listAliases(r -> {}).aliases().forEach(alias -> all.put(region + alias.aliasName(), alias));
    }

    private static void backup(String region, BackupClient backup, Map<String, Object> all) {
        backup.listBackupVaults(r -> {})
                .backupVaultList()
                .forEach(v -> all.put(region + "vault " + v.backupVaultName(), v));
        backup.listBackupPlans(r -> {})
                .backupPlansList()
                .forEach(p -> all.put(
                        region + "backup plan " + p.backupPlanId(),
                        List.of(
                                backup.getBackupPlan(r -> r.backupPlanId(p.backupPlanId()))
                                        .backupPlan(),
                                backup.listBackupSelections(r -> r.backupPlanId(p.backupPlanId()))
                                        .backupSelectionsList())));
    }

    private static void eks(String region, EksClient eks, EmulatedAws aws, Map<String, Object> all) {
        for (String cluster : eks.listClusters().clusters()) {
            String id = region + " cluster " + cluster;
            all.put(id, eks.describeCluster(r -> r.name(cluster)).cluster());
            eks.listNodegroups(r -> r.clusterName(cluster))
                    .nodegroups()
                    .forEach(group -> all.put(
                            id + " node group " + group,
                            eks.describeNodegroup(r -> r.clusterName(cluster).nodegroupName(group))
                                    .nodegroup()));
            eks.listAddons(r -> r.clusterName(cluster))
                    .addons()
                    .forEach(addon -> all.put(
                            id + " add-on " + addon,
                            eks.describeAddon(r -> r.clusterName(cluster).addonName(addon))
                                    .addon()));
            eks.listAccessEntries(r -> r.clusterName(cluster))
                    .accessEntries()
                    .forEach(principal -> all.put(
                            id + " access entry " + principal,
                            eks.describeAccessEntry(r -> r.clusterName(cluster).principalArn(principal))
                                    .accessEntry()));
            eks.listPodIdentityAssociations(r -> r.clusterName(cluster))
                    .associations()
                    .forEach(a -> all.put(id + " association " + a.associationId(), a));
            inside(id, region, cluster, aws, all);
        }
    }

    private static void inside(String id, String region, String name, EmulatedAws aws, Map<String, Object> all) {
        EmulatedCluster cluster;
        try {
            cluster = aws.cluster(region, name);
        } catch (RuntimeException notYet) {
            // The cluster is being created.
            return;
        }
        InsideText.of(id, cluster, all);
    }
}
