// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.aws.AwsQuotas;
import io.osmo.backend.testkit.internal.aws.ec2.InstanceTypes;
import io.osmo.backend.testkit.internal.aws.ec2.InstanceTypes.InstanceTypeFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.*;

/** Checks requests that create or change a node group. */
final class PoolRules {
    private static final List<String> RESERVED = List.of("kubernetes.io/", "k8s.io/", "eks.amazonaws.com/");

    private static final int LONGEST_LABEL = 63;

    private final Eks eks;
    private final PoolTemplates templates;

    PoolRules(Eks eks, PoolTemplates templates) {
        this.eks = eks;
        this.templates = templates;
    }

    /** What a valid request asks for, with defaults filled in. */
    record Checked(
            List<Subnet> subnets, List<String> types, AMITypes image, NodegroupScalingConfig scaling, String version) {}

    Checked check(CreateNodegroupRequest r) {
        Cluster cluster = eks.requireActive(r.clusterName());
        checkName(r);
        if (eks.iam.assumable(r.nodeRole()).isEmpty()) {
            throw EksErrors.invalidParameter("The role with name "
                    + r.nodeRole().substring(r.nodeRole().lastIndexOf('/') + 1) + " cannot be found.");
        }
        if (!eks.iam.isAssumable(r.nodeRole(), eks.account.ec2Principal())) {
            throw EksErrors.invalidParameter("Following required service principals ["
                    + eks.account.ec2Principal() + "] were not found in the trust relationships of nodeRole arn "
                    + r.nodeRole());
        }
        List<Subnet> subnets = r.subnets().stream()
                .map(id -> eks.ec2
                        .subnets
                        .find(id)
                        .filter(s ->
                                s.vpcId().equals(cluster.resourcesVpcConfig().vpcId()))
                        .orElseThrow(() -> EksErrors.invalidParameter(
                                "The subnet ID '" + id + "' does not exist in the cluster's VPC")))
                .toList();
        List<String> types = types(r, templates.data(r.launchTemplate()));
        AMITypes image = r.amiType() == null ? AMITypes.AL2023_X86_64_STANDARD : r.amiType();
        String version = r.version() == null ? cluster.version() : r.version();
        checkImage(image, types, version);
        NodegroupScalingConfig scaling = r.scalingConfig() == null
                ? NodegroupScalingConfig.builder()
                        .minSize(2)
                        .maxSize(2)
                        .desiredSize(2)
                        .build()
                : r.scalingConfig();
        checkScaling(scaling);
        checkLabels(r.labels());
        if (Versions.number(version) > Versions.number(cluster.version())) {
            throw EksErrors.invalidParameter("Nodegroup version " + version + " is newer than the cluster's");
        }
        if (r.launchTemplate() != null && r.diskSize() != null) {
            throw EksErrors.invalidParameter("Disk size must be specified within the launch template.");
        }
        return new Checked(subnets, types, image, scaling, version);
    }

    private void checkName(CreateNodegroupRequest r) {
        if (eks.nodeGroups.has(r.clusterName() + "/" + r.nodegroupName())) {
            throw EksErrors.inUse(
                    "NodeGroup already exists with name " + r.nodegroupName() + " and cluster name " + r.clusterName());
        }
        if (!r.nodegroupName().matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
            throw EksErrors.invalidParameter("The nodegroup name " + r.nodegroupName() + " is invalid");
        }
        if (eks.nodeGroups(r.clusterName()).size() >= eks.account.quota(AwsQuotas.NODE_GROUPS_PER_CLUSTER)) {
            throw EksErrors.limit("Node groups per cluster limit exceeded");
        }
    }

    private List<String> types(CreateNodegroupRequest r, Optional<ResponseLaunchTemplateData> template) {
        String inTemplate =
                template.map(ResponseLaunchTemplateData::instanceTypeAsString).orElse(null);
        if (inTemplate != null && !r.instanceTypes().isEmpty()) {
            throw EksErrors.invalidParameter(
                    "Instance type must be specified either in the launch template or in the request, not in both");
        }
        if (r.capacityType() == CapacityTypes.CAPACITY_BLOCK
                && template.filter(t -> t.capacityReservationSpecification() != null)
                        .isEmpty()) {
            throw EksErrors.invalidParameter(
                    "Capacity type CAPACITY_BLOCK needs a launch template with a capacity reservation target");
        }
        List<String> types = inTemplate != null
                ? List.of(inTemplate)
                : r.instanceTypes().isEmpty() ? List.of("t3.medium") : r.instanceTypes();
        List<String> unknown =
                types.stream().filter(t -> InstanceTypes.find(t).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            throw EksErrors.invalidParameter("The following supplied instance types do not exist: " + unknown);
        }
        return types;
    }

    private static void checkImage(AMITypes image, List<String> types, String version) {
        String name = image.toString();
        if (name.startsWith("AL2_") && Versions.number(version) >= 33) {
            throw EksErrors.invalidParameter("Requested AMI for this version " + version + " is not supported");
        }
        for (String type : types) {
            InstanceTypeFacts facts = InstanceTypes.find(type).orElseThrow();
            boolean arm = name.contains("ARM_64");
            if (image != AMITypes.CUSTOM && arm != facts.architecture().equals("arm64")) {
                throw EksErrors.invalidParameter(
                        "[" + type + "] is not a valid instance type for requested amiType " + name);
            }
        }
    }

    static void checkScaling(NodegroupScalingConfig scaling) {
        int min = scaling.minSize() == null ? 0 : scaling.minSize();
        int max = scaling.maxSize() == null ? Integer.MAX_VALUE : scaling.maxSize();
        int desired = scaling.desiredSize() == null ? min : scaling.desiredSize();
        if (max < 1) {
            throw EksErrors.invalidParameter("Maximum capacity must be at least 1");
        }
        if (min > max) {
            throw EksErrors.invalidParameter("Minimum capacity " + min + " can't be greater than max size " + max);
        }
        if (desired < min || desired > max) {
            throw EksErrors.invalidParameter("desired capacity " + desired + " can't be less than min size " + min
                    + " or greater than max size " + max);
        }
    }

    static void checkLabels(Map<String, String> labels) {
        labels.forEach((key, value) -> {
            if (key.length() > LONGEST_LABEL || value.isEmpty() || value.length() > LONGEST_LABEL) {
                throw EksErrors.invalidParameter(
                        "Label key and value must have 1 to " + LONGEST_LABEL + " characters: " + key + "=" + value);
            }
        });
        labels.keySet().stream()
                .filter(label -> RESERVED.stream().anyMatch(label::startsWith))
                .findFirst()
                .ifPresent(label -> {
                    throw EksErrors.invalidParameter(
                            "Label cannot contain reserved prefixes " + RESERVED + ": " + label);
                });
    }

    /** Returns the version that a valid update leads to. */
    String checkVersion(UpdateNodegroupVersionRequest r, Cluster cluster, Nodegroup group) {
        String version =
                r.version() == null ? r.launchTemplate() == null ? cluster.version() : group.version() : r.version();
        int number = Versions.number(version);
        if (number > Versions.number(cluster.version())
                || number < Versions.number(group.version())
                || number > Versions.number(group.version()) + 1) {
            throw EksErrors.invalidParameter("Requested Nodegroup release version " + version
                    + " is invalid. Allowed are " + group.version() + " and the next minor, up to the cluster's "
                    + cluster.version());
        }
        if (r.launchTemplate() != null && group.launchTemplate() == null) {
            throw EksErrors.invalidRequest(
                    "You cannot specify a launch template when the nodegroup was created without one");
        }
        return version;
    }

    /** A group that accepts changes. */
    Nodegroup requireActive(String key) {
        Nodegroup group = eks.nodeGroups.get(key);
        if (group.status() == NodegroupStatus.UPDATING) {
            throw EksErrors.inUse("Nodegroup " + group.nodegroupName() + " already has an update in progress");
        }
        if (group.status() != NodegroupStatus.ACTIVE && group.status() != NodegroupStatus.DEGRADED) {
            throw EksErrors.invalidRequest("Nodegroup cannot be updated as it is currently not in Active State");
        }
        return group;
    }
}
