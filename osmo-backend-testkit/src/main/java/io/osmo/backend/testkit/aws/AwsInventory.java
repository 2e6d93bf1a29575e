// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.VolumeState;
import software.amazon.awssdk.services.ec2.model.VolumeType;

/** What stands in a region, in words that do not depend on ids. */
final class AwsInventory {
    private AwsInventory() {}

    static List<String> of(AwsRegion region, EmulatedKms kms, EmulatedBackup backup) {
        List<String> lines = new ArrayList<>();
        region.vpcs.all().forEach(v -> lines.add("vpc " + v.cidrBlock() + tags(region, v.vpcId())));
        region.subnets
                .all()
                .forEach(s -> lines.add(
                        "subnet " + s.cidrBlock() + " in " + s.availabilityZone() + tags(region, s.subnetId())));
        region.internetGateways
                .all()
                .forEach(g -> lines.add(
                        "internet-gateway attached " + g.attachments().size() + tags(region, g.internetGatewayId())));
        region.addresses.all().forEach(a -> lines.add("address" + tags(region, a.allocationId())));
        region.natGateways
                .where(n -> n.state() != NatGatewayState.DELETED)
                .forEach(n -> lines.add("nat-gateway " + n.stateAsString() + tags(region, n.natGatewayId())));
        region.routeTables
                .where(t -> !Ec2Routes.isMain(t))
                .forEach(t -> lines.add("route-table routes " + t.routes().size() + " associations "
                        + t.associations().size() + tags(region, t.routeTableId())));
        region.endpoints.all().forEach(e -> lines.add("endpoint " + e.serviceName() + tags(region, e.vpcEndpointId())));
        region.securityGroups
                .where(g -> !g.groupName().equals("default"))
                .forEach(g -> lines.add("security-group " + g.groupName().replaceFirst("-[0-9]+$", "")));
        region.networkInterfaces
                .all()
                .forEach(i -> lines.add("network-interface " + i.description().replaceAll("-0[0-9a-f]{16}", "") + " "
                        + i.statusAsString()));
        region.launchTemplates
                .all()
                .forEach(t ->
                        lines.add("launch-template " + t.launchTemplateName() + tags(region, t.launchTemplateId())));
        region.placementGroups.all().forEach(g -> lines.add("placement-group " + g.groupName()));
        region.instances.all().forEach(i -> lines.add("instance " + i.instanceTypeAsString()));
        region.volumes.all().forEach(v -> lines.add("volume " + v.size() + " GiB"));
        region.clusters
                .all()
                .forEach(c -> lines.add("cluster " + c.name() + " " + c.version() + " " + c.statusAsString()));
        region.nodeGroups
                .all()
                .forEach(g -> lines.add("node-group " + g.nodegroupName() + " " + g.version() + " " + g.statusAsString()
                        + " " + g.scalingConfig().minSize() + "-"
                        + g.scalingConfig().maxSize() + " " + new java.util.TreeMap<>(g.labels())));
        region.addons
                .all()
                .forEach(a -> lines.add("addon " + a.addonName() + " " + a.addonVersion() + " " + a.statusAsString()));
        region.accessEntries.all().forEach(e -> lines.add("access-entry " + e.principalArn() + " " + e.type()));
        region.podIdentities.all().forEach(p -> lines.add("pod-identity " + p.namespace() + "/" + p.serviceAccount()));
        region.autoScalingGroups
                .all()
                .forEach(a -> lines.add("auto-scaling-group " + a.minSize() + "-" + a.maxSize() + " tags "
                        + a.tags().size()));
        region.logGroups.keySet().forEach(g -> lines.add("log-group " + g));
        lines.addAll(kms.inventory());
        lines.addAll(backup.inventory());
        return lines;
    }

    static void plantVolume(AwsRegion region, String cluster, String claim) {
        String id = region.account.newId("vol");
        region.volumes.put(
                id,
                software.amazon.awssdk.services.ec2.model.Volume.builder()
                        .volumeId(id)
                        .availabilityZone(region.zones.get(0))
                        .size(10)
                        .volumeType(VolumeType.GP3)
                        .encrypted(true)
                        .createTime(region.account.now())
                        .state(VolumeState.AVAILABLE)
                        .build());
        region.tagAsService(
                id,
                Map.of(
                        "kubernetes.io/cluster/" + cluster,
                        "owned",
                        "ebs.csi.aws.com/cluster",
                        "true",
                        "KubernetesCluster",
                        cluster,
                        "kubernetes.io/created-for/pvc/name",
                        claim,
                        "kubernetes.io/created-for/pvc/namespace",
                        "default"));
    }

    private static String tags(AwsRegion region, String id) {
        String resource = region.ec2Tags.getOrDefault(id, Map.of()).get("osmo-resource");
        return resource == null ? "" : " (" + resource + ")";
    }
}
