// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.aws.InstanceTypes.InstanceTypeFacts;
import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.cluster.EmulatedClusters;
import io.osmo.backend.testkit.cluster.EmulatedNode;
import io.osmo.backend.testkit.cluster.NodeImage;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.*;

/** Managed node groups: each an Auto Scaling group whose instances become nodes of the emulated cluster. */
final class EksNodeGroups {
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final List<String> RESERVED = List.of("kubernetes.io/", "k8s.io/", "eks.amazonaws.com/");

    private final AwsRegion region;
    private final EmulatedIam iam;
    private final Faults faults;
    private final EmulatedClusters kubernetes;

    EksNodeGroups(AwsRegion region, EmulatedIam iam, Faults faults, EmulatedClusters kubernetes) {
        this.region = region;
        this.iam = iam;
        this.faults = faults;
        this.kubernetes = kubernetes;
    }

    /** The cluster that an instance belongs to, by the tag that EKS gives it. */
    static @Nullable String clusterOf(AwsRegion region, Instance instance) {
        return region.ec2Tags.getOrDefault(instance.instanceId(), Map.of()).get("eks:cluster-name");
    }

    CreateNodegroupResponse createNodegroup(CreateNodegroupRequest r) {
        return region.account.once("CreateNodegroup", r.clientRequestToken(), () -> {
            Cluster cluster = EksClusters.requireActive(region, r.clusterName());
            String key = r.clusterName() + "/" + r.nodegroupName();
            if (region.nodeGroups.has(key)) {
                throw AwsErrors.eksInUse("NodeGroup already exists with name " + r.nodegroupName()
                        + " and cluster name " + r.clusterName());
            }
            if (!r.nodegroupName().matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
                throw AwsErrors.eksInvalidParameter("The nodegroup name " + r.nodegroupName() + " is invalid");
            }
            long groups = region.nodeGroups
                    .where(g -> g.clusterName().equals(r.clusterName()))
                    .count();
            if (groups >= region.account.quota(AwsQuotas.NODE_GROUPS_PER_CLUSTER)) {
                throw AwsErrors.eksLimit("Node groups per cluster limit exceeded");
            }
            if (iam.assumable(r.nodeRole(), region.account.now()).isEmpty()) {
                throw AwsErrors.eksInvalidParameter("The role with name "
                        + r.nodeRole().substring(r.nodeRole().lastIndexOf('/') + 1) + " cannot be found.");
            }
            List<Subnet> subnets = r.subnets().stream()
                    .map(id -> region.subnets
                            .find(id)
                            .filter(s -> s.vpcId()
                                    .equals(cluster.resourcesVpcConfig().vpcId()))
                            .orElseThrow(() -> AwsErrors.eksInvalidParameter(
                                    "The subnet ID '" + id + "' does not exist in the cluster's VPC")))
                    .toList();
            Optional<ResponseLaunchTemplateData> template = template(r.launchTemplate());
            List<String> types = types(r, template);
            AMITypes image = r.amiType() == null ? AMITypes.AL2023_X86_64_STANDARD : r.amiType();
            checkImage(image, types, r.version() == null ? cluster.version() : r.version());
            NodegroupScalingConfig scaling = r.scalingConfig() == null
                    ? NodegroupScalingConfig.builder()
                            .minSize(2)
                            .maxSize(2)
                            .desiredSize(2)
                            .build()
                    : r.scalingConfig();
            checkScaling(scaling);
            checkLabels(r.labels());
            String version = r.version() == null ? cluster.version() : r.version();
            if (EksVersions.number(version) > EksVersions.number(cluster.version())) {
                throw AwsErrors.eksInvalidParameter("Nodegroup version " + version + " is newer than the cluster's");
            }
            String asg = "eks-" + r.nodegroupName() + "-" + region.account.uuid();
            Nodegroup.Builder group = Nodegroup.builder()
                    .clusterName(r.clusterName())
                    .nodegroupName(r.nodegroupName())
                    .nodegroupArn(region.arn(
                            "eks",
                            "nodegroup/" + r.clusterName() + "/" + r.nodegroupName() + "/" + region.account.uuid()))
                    .version(version)
                    .releaseVersion(r.releaseVersion() == null ? EksVersions.nodeRelease(version) : r.releaseVersion())
                    .createdAt(region.account.now())
                    .modifiedAt(region.account.now())
                    .status(NodegroupStatus.CREATING)
                    .capacityType(r.capacityType() == null ? CapacityTypes.ON_DEMAND : r.capacityType())
                    .scalingConfig(scaling)
                    .instanceTypes(r.instanceTypes().isEmpty() && template.isPresent() ? List.of() : types)
                    .subnets(r.subnets())
                    .amiType(image)
                    .nodeRole(r.nodeRole())
                    .labels(r.labels())
                    .taints(r.taints())
                    .health(h -> h.issues(List.of()))
                    .updateConfig(
                            r.updateConfig() == null
                                    ? NodegroupUpdateConfig.builder()
                                            .maxUnavailable(1)
                                            .build()
                                    : r.updateConfig())
                    .nodeRepairConfig(
                            r.nodeRepairConfig() == null
                                    ? NodeRepairConfig.builder().enabled(false).build()
                                    : r.nodeRepairConfig())
                    .resources(res -> res.autoScalingGroups(
                            AutoScalingGroup.builder().name(asg).build()))
                    .tags(r.tags());
            if (r.launchTemplate() == null) {
                group.diskSize(r.diskSize() == null ? 20 : r.diskSize());
            } else {
                if (r.diskSize() != null) {
                    throw AwsErrors.eksInvalidParameter("Disk size must be specified within the launch template.");
                }
                group.launchTemplate(resolved(r.launchTemplate()));
            }
            region.nodeGroups.put(key, group.build());
            createAutoScalingGroup(asg, key, subnets);
            admitNodes(r.clusterName(), r.nodeRole());
            Instant begun = region.account.now();
            region.account.after(Durations.NODE_GROUP_CREATE, () -> launch(key, types, begun));
            return CreateNodegroupResponse.builder()
                    .nodegroup(region.nodeGroups.get(key))
                    .build();
        });
    }

    private Optional<ResponseLaunchTemplateData> template(@Nullable LaunchTemplateSpecification specification) {
        if (specification == null) {
            return Optional.empty();
        }
        try {
            LaunchTemplate template = Ec2LaunchTemplates.find(region, specification.id(), specification.name());
            String version = specification.version() == null ? "$Default" : specification.version();
            return Optional.of(
                    Ec2LaunchTemplates.version(region, template, version).launchTemplateData());
        } catch (software.amazon.awssdk.services.ec2.model.Ec2Exception e) {
            throw AwsErrors.eksInvalidRequest(e.awsErrorDetails().errorMessage());
        }
    }

    private LaunchTemplateSpecification resolved(LaunchTemplateSpecification specification) {
        LaunchTemplate template = Ec2LaunchTemplates.find(region, specification.id(), specification.name());
        String version = specification.version() == null ? "$Default" : specification.version();
        return LaunchTemplateSpecification.builder()
                .id(template.launchTemplateId())
                .name(template.launchTemplateName())
                .version(String.valueOf(
                        Ec2LaunchTemplates.version(region, template, version).versionNumber()))
                .build();
    }

    private List<String> types(CreateNodegroupRequest r, Optional<ResponseLaunchTemplateData> template) {
        String inTemplate =
                template.map(ResponseLaunchTemplateData::instanceTypeAsString).orElse(null);
        if (inTemplate != null && !r.instanceTypes().isEmpty()) {
            throw AwsErrors.eksInvalidParameter(
                    "Instance type must be specified either in the launch template or in the request, not in both");
        }
        if (r.capacityType() == CapacityTypes.CAPACITY_BLOCK
                && template.filter(t -> t.capacityReservationSpecification() != null)
                        .isEmpty()) {
            throw AwsErrors.eksInvalidParameter(
                    "Capacity type CAPACITY_BLOCK needs a launch template with a capacity reservation target");
        }
        List<String> types = inTemplate != null
                ? List.of(inTemplate)
                : r.instanceTypes().isEmpty() ? List.of("t3.medium") : r.instanceTypes();
        List<String> unknown =
                types.stream().filter(t -> InstanceTypes.find(t).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            throw AwsErrors.eksInvalidParameter("The following supplied instance types do not exist: " + unknown);
        }
        return types;
    }

    private static void checkImage(AMITypes image, List<String> types, String version) {
        String name = image.toString();
        if (name.startsWith("AL2_") && EksVersions.number(version) >= 33) {
            throw AwsErrors.eksInvalidParameter("Requested AMI for this version " + version + " is not supported");
        }
        for (String type : types) {
            InstanceTypeFacts facts = InstanceTypes.find(type).orElseThrow();
            boolean arm = name.contains("ARM_64");
            if (image != AMITypes.CUSTOM && arm != facts.architecture().equals("arm64")) {
                throw AwsErrors.eksInvalidParameter(
                        "[" + type + "] is not a valid instance type for requested amiType " + name);
            }
        }
    }

    private static void checkScaling(NodegroupScalingConfig scaling) {
        int min = scaling.minSize() == null ? 0 : scaling.minSize();
        int max = scaling.maxSize() == null ? Integer.MAX_VALUE : scaling.maxSize();
        int desired = scaling.desiredSize() == null ? min : scaling.desiredSize();
        if (max < 1) {
            throw AwsErrors.eksInvalidParameter("Maximum capacity must be at least 1");
        }
        if (min > max) {
            throw AwsErrors.eksInvalidParameter("Minimum capacity " + min + " can't be greater than max size " + max);
        }
        if (desired < min || desired > max) {
            throw AwsErrors.eksInvalidParameter("desired capacity " + desired + " can't be less than min size " + min
                    + " or greater than max size " + max);
        }
    }

    private static void checkLabels(Map<String, String> labels) {
        labels.keySet().stream()
                .filter(label -> RESERVED.stream().anyMatch(label::startsWith))
                .findFirst()
                .ifPresent(label -> {
                    throw AwsErrors.eksInvalidParameter(
                            "Label cannot contain reserved prefixes " + RESERVED + ": " + label);
                });
    }

    private void createAutoScalingGroup(String name, String key, List<Subnet> subnets) {
        Nodegroup group = region.nodeGroups.get(key);
        Map<String, String> tags = new TreeMap<>();
        tags.put("eks:cluster-name", group.clusterName());
        tags.put("eks:nodegroup-name", group.nodegroupName());
        tags.put("k8s.io/cluster-autoscaler/enabled", "true");
        tags.put("k8s.io/cluster-autoscaler/" + group.clusterName(), "owned");
        tags.put("kubernetes.io/cluster/" + group.clusterName(), "owned");
        region.autoScalingGroups.put(
                name,
                software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup.builder()
                        .autoScalingGroupName(name)
                        .autoScalingGroupARN(region.arn(
                                "autoscaling",
                                "autoScalingGroup:" + region.account.uuid() + ":autoScalingGroupName/" + name))
                        .createdTime(region.account.now())
                        .availabilityZones(subnets.stream()
                                .map(Subnet::availabilityZone)
                                .distinct()
                                .toList())
                        .vpcZoneIdentifier(String.join(",", group.subnets()))
                        .minSize(group.scalingConfig().minSize())
                        .maxSize(group.scalingConfig().maxSize())
                        .desiredCapacity(group.scalingConfig().desiredSize())
                        .defaultCooldown(300)
                        .healthCheckType("EC2")
                        .healthCheckGracePeriod(15)
                        .tags(tags.entrySet().stream()
                                .map(t -> EmulatedAutoScaling.tag(name, t.getKey(), t.getValue(), true))
                                .toList())
                        .build());
    }

    /** EKS itself lets the instances of the role in. */
    private void admitNodes(String cluster, String role) {
        region.accessEntries.computeIfAbsent(
                cluster + "/" + role, () -> EksAccess.entry(region, cluster, role, "EC2_LINUX", Map.of()));
    }

    /** Tries to bring a new group to its size; EKS retries a stock-out for a while and then gives up. */
    private void launch(String key, List<String> types, Instant begun) {
        Nodegroup group = region.nodeGroups.find(key).orElse(null);
        if (group == null || group.status() != NodegroupStatus.CREATING) {
            return;
        }
        Optional<Issue> issue = scaleTo(group, types, group.scalingConfig().desiredSize());
        if (issue.isEmpty()) {
            issue = unableToJoin(group);
        }
        boolean givesUp = !region.account.now().isBefore(begun.plus(Durations.NODE_GROUP_GIVES_UP));
        List<Issue> issues = issue.stream().toList();
        NodegroupStatus status = issues.isEmpty()
                ? NodegroupStatus.ACTIVE
                : givesUp ? NodegroupStatus.CREATE_FAILED : NodegroupStatus.CREATING;
        region.nodeGroups.update(
                key,
                g -> g.toBuilder().status(status).health(h -> h.issues(issues)).build());
        if (status == NodegroupStatus.CREATING) {
            region.account.after(RETRY, () -> launch(key, types, begun));
        }
        if (status == NodegroupStatus.ACTIVE) {
            region.addons
                    .where(a -> a.clusterName().equals(group.clusterName()) && a.status() == AddonStatus.DEGRADED)
                    .forEach(a -> EksAddons.settle(region, a.clusterName() + "/" + a.addonName()));
        }
    }

    /** Why instances that run would not become nodes. */
    private Optional<Issue> unableToJoin(Nodegroup group) {
        if (instances(group).isEmpty()) {
            return Optional.empty();
        }
        boolean policies = iam.assumable(group.nodeRole(), region.account.now())
                .filter(role -> role.attached.contains("arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy")
                        || role.attached.contains("arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy"))
                .isPresent();
        boolean network = cluster(group).has("DaemonSet", "kube-system", "aws-node");
        if (policies && network) {
            return Optional.empty();
        }
        return Optional.of(Issue.builder()
                .code(NodegroupIssueCode.NODE_CREATION_FAILURE)
                .message(
                        policies
                                ? "Unhealthy nodes in the kubernetes cluster"
                                : "Instances failed to join the kubernetes cluster")
                .resourceIds(instances(group).stream().map(Instance::instanceId).toList())
                .build());
    }

    /** Launches or terminates until the group has this many instances, or says why it cannot. */
    private Optional<Issue> scaleTo(Nodegroup group, List<String> types, int size) {
        List<Instance> running = new ArrayList<>(instances(group));
        while (running.size() > size) {
            terminate(group, running.remove(running.size() - 1));
        }
        while (running.size() < size) {
            Optional<Placement> place = place(group, types, running);
            if (place.isEmpty()) {
                return Optional.of(stockOut(group, types));
            }
            if (exceedsQuota(group, place.get().type())) {
                return Optional.of(launchFailure(
                        group,
                        "Could not launch On-Demand Instances. VcpuLimitExceeded - You have requested more vCPU capacity than"
                                + " your current vCPU limit allows for the instance bucket that the specified instance type"
                                + " belongs to. Launching EC2 instance failed."));
            }
            running.add(run(group, place.get()));
        }
        return Optional.empty();
    }

    private record Placement(InstanceTypeFacts type, Subnet subnet) {}

    /** The emptiest zone of the group that has one of the types. */
    private Optional<Placement> place(Nodegroup group, List<String> types, List<Instance> running) {
        Map<String, Long> load = new HashMap<>();
        running.forEach(i -> load.merge(i.subnetId(), 1L, Long::sum));
        return group.subnets().stream()
                .map(region.subnets::get)
                .sorted(java.util.Comparator.comparingLong(s -> load.getOrDefault(s.subnetId(), 0L)))
                .flatMap(subnet -> types.stream()
                        .filter(t -> InstanceTypes.isSold(t, subnet.availabilityZone())
                                && !faults.isStockedOut(t, subnet.availabilityZone()))
                        .map(t -> new Placement(InstanceTypes.find(t).orElseThrow(), subnet)))
                .findFirst();
    }

    private boolean exceedsQuota(Nodegroup group, InstanceTypeFacts type) {
        if (group.capacityType() != CapacityTypes.ON_DEMAND) {
            return false;
        }
        int used = region.instances.all().stream()
                .map(i -> InstanceTypes.find(i.instanceTypeAsString()).orElseThrow())
                .filter(t -> t.quota().equals(type.quota()))
                .mapToInt(InstanceTypeFacts::vcpus)
                .sum();
        return used + type.vcpus() > region.account.quota(type.quota());
    }

    private Issue stockOut(Nodegroup group, List<String> types) {
        List<String> zones = group.subnets().stream()
                .map(id -> region.subnets.get(id).availabilityZone())
                .toList();
        return launchFailure(
                group,
                "Could not launch On-Demand Instances. InsufficientInstanceCapacity - We currently do not have sufficient "
                        + types.get(0) + " capacity in the Availability Zone you requested (" + String.join(", ", zones)
                        + "). Our system will be working on provisioning additional capacity. Launching EC2 instance failed.");
    }

    private Issue launchFailure(Nodegroup group, String message) {
        return Issue.builder()
                .code(NodegroupIssueCode.ASG_INSTANCE_LAUNCH_FAILURES)
                .message(message)
                .resourceIds(asg(group))
                .build();
    }

    private Instance run(Nodegroup group, Placement place) {
        String id = region.account.newId("i");
        Cluster cluster = region.clusters.get(group.clusterName());
        String eni = Ec2NetworkInterfaces.create(
                region,
                place.subnet(),
                i -> i.description("aws-K8S-" + id)
                        .status(NetworkInterfaceStatus.IN_USE)
                        .attachment(a -> a.instanceId(id))
                        .groups(GroupIdentifier.builder()
                                .groupId(cluster.resourcesVpcConfig().clusterSecurityGroupId())
                                .build()));
        region.tagAsService(eni, Map.of("cluster.k8s.amazonaws.com/name", group.clusterName()));
        String address = region.networkInterfaces.get(eni).privateIpAddress();
        String host = "ip-" + address.replace('.', '-') + "." + region.name + ".compute.internal";
        Instance instance = region.instances.put(
                id,
                Instance.builder()
                        .instanceId(id)
                        .instanceType(place.type().name())
                        .state(s -> s.name(InstanceStateName.RUNNING))
                        .subnetId(place.subnet().subnetId())
                        .vpcId(place.subnet().vpcId())
                        .placement(p -> p.availabilityZone(place.subnet().availabilityZone()))
                        .privateIpAddress(address)
                        .privateDnsName(host)
                        .launchTime(region.account.now())
                        .securityGroups(GroupIdentifier.builder()
                                .groupId(cluster.resourcesVpcConfig().clusterSecurityGroupId())
                                .build())
                        .cpuOptions(c -> c.coreCount(place.type().vcpus()).threadsPerCore(1))
                        .applyMutation(i -> {
                            if (group.capacityType() == CapacityTypes.SPOT) {
                                i.instanceLifecycle("spot");
                            }
                        })
                        .build());
        region.tagAsService(
                id,
                Map.of(
                        "eks:cluster-name",
                        group.clusterName(),
                        "eks:nodegroup-name",
                        group.nodegroupName(),
                        "aws:autoscaling:groupName",
                        asg(group),
                        "kubernetes.io/cluster/" + group.clusterName(),
                        "owned"));
        cluster(group).addNode(node(group, place, instance, host));
        return instance;
    }

    private EmulatedNode node(Nodegroup group, Placement place, Instance instance, String host) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("eks.amazonaws.com/capacityType", group.capacityTypeAsString());
        labels.put("eks.amazonaws.com/nodegroup", group.nodegroupName());
        labels.put("eks.amazonaws.com/nodegroup-image", "ami-" + EksVersions.nodeRelease(group.version()));
        labels.putAll(group.labels());
        List<EmulatedNode.Taint> taints = group.taints().stream()
                .map(t -> new EmulatedNode.Taint(
                        t.key(),
                        t.value() == null ? "" : t.value(),
                        switch (t.effect()) {
                            case NO_EXECUTE -> "NoExecute";
                            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
                            default -> "NoSchedule";
                        }))
                .toList();
        InstanceTypeFacts type = place.type();
        return new EmulatedNode(
                host,
                "aws:///" + place.subnet().availabilityZone() + "/" + instance.instanceId(),
                type.name(),
                region.name,
                place.subnet().availabilityZone(),
                type.architecture().equals("arm64") ? "arm64" : "amd64",
                instance.privateIpAddress(),
                "v" + EksVersions.offer(group.version()).patch() + "-eks-113cf36",
                labels,
                taints,
                type.vcpus(),
                type.memoryGib(),
                type.maxPods(),
                diskGib(group),
                type.gpus(),
                new NodeImage(
                        "Amazon Linux 2023.9.20261109",
                        "6.12.55-74.119.amzn2023." + (type.architecture().equals("arm64") ? "aarch64" : "x86_64"),
                        "containerd://2.2.4"));
    }

    private int diskGib(Nodegroup group) {
        if (group.launchTemplate() == null) {
            return group.diskSize();
        }
        return template(group.launchTemplate()).stream()
                .flatMap(t -> t.blockDeviceMappings().stream())
                .filter(m -> m.ebs() != null && m.ebs().volumeSize() != null)
                .map(m -> m.ebs().volumeSize())
                .findFirst()
                .orElse(20);
    }

    /** The first instance of a group leaves an interface behind that the CNI had added and nobody detached in time. */
    private void terminate(Nodegroup group, Instance instance) {
        region.instances.remove(instance.instanceId());
        region.ec2Tags.remove(instance.instanceId());
        cluster(group).removeNode(instance.privateDnsName());
        List<Instance> left = instances(group);
        region.networkInterfaces
                .where(i -> i.attachment() != null
                        && instance.instanceId().equals(i.attachment().instanceId()))
                .forEach(i -> {
                    if (left.isEmpty()) {
                        region.networkInterfaces.update(
                                i.networkInterfaceId(),
                                n -> n.toBuilder()
                                        .attachment(
                                                (software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment)
                                                        null)
                                        .status(NetworkInterfaceStatus.AVAILABLE)
                                        .build());
                    } else {
                        region.networkInterfaces.remove(i.networkInterfaceId());
                        region.ec2Tags.remove(i.networkInterfaceId());
                    }
                });
    }

    DescribeNodegroupResponse describeNodegroup(DescribeNodegroupRequest r) {
        region.clusters.get(r.clusterName());
        return DescribeNodegroupResponse.builder()
                .nodegroup(region.nodeGroups.get(r.clusterName() + "/" + r.nodegroupName()))
                .build();
    }

    ListNodegroupsResponse listNodegroups(ListNodegroupsRequest r) {
        region.clusters.get(r.clusterName());
        List<String> names = region.nodeGroups
                .where(g -> g.clusterName().equals(r.clusterName()))
                .map(Nodegroup::nodegroupName)
                .toList();
        Page<String> page = Page.of(names, r.maxResults(), r.nextToken(), region.account.pageSize());
        return ListNodegroupsResponse.builder()
                .nodegroups(page.items())
                .nextToken(page.next())
                .build();
    }

    UpdateNodegroupConfigResponse updateNodegroupConfig(UpdateNodegroupConfigRequest r) {
        return region.account.once("UpdateNodegroupConfig", r.clientRequestToken(), () -> {
            String key = r.clusterName() + "/" + r.nodegroupName();
            Nodegroup group = requireActive(key);
            NodegroupScalingConfig old = group.scalingConfig();
            NodegroupScalingConfig wanted = r.scalingConfig() == null ? old : r.scalingConfig();
            NodegroupScalingConfig scaling = NodegroupScalingConfig.builder()
                    .minSize(wanted.minSize() == null ? old.minSize() : wanted.minSize())
                    .maxSize(wanted.maxSize() == null ? old.maxSize() : wanted.maxSize())
                    .desiredSize(wanted.desiredSize() == null ? old.desiredSize() : wanted.desiredSize())
                    .build();
            checkScaling(scaling);
            Map<String, String> labels = new TreeMap<>(group.labels());
            List<Taint> taints = new ArrayList<>(group.taints());
            if (r.labels() != null) {
                checkLabels(r.labels().addOrUpdateLabels());
                labels.keySet().removeAll(r.labels().removeLabels());
                labels.putAll(r.labels().addOrUpdateLabels());
            }
            if (r.taints() != null) {
                r.taints().removeTaints().forEach(gone -> taints.removeIf(t -> same(t, gone)));
                r.taints().addOrUpdateTaints().forEach(added -> {
                    taints.removeIf(t -> same(t, added));
                    taints.add(added);
                });
            }
            updating(key);
            List<UpdateParam> params = new ArrayList<>();
            params.add(EksUpdates.param(UpdateParamType.MIN_SIZE, scaling.minSize()));
            params.add(EksUpdates.param(UpdateParamType.MAX_SIZE, scaling.maxSize()));
            Update update =
                    EksUpdates.begin(region, key, UpdateType.CONFIG_UPDATE, params, Durations.NODE_GROUP_CONFIG, () -> {
                        Nodegroup changed = updated(key, g -> {
                            g.scalingConfig(scaling).labels(labels).taints(taints);
                            if (r.updateConfig() != null) {
                                g.updateConfig(r.updateConfig());
                            }
                            if (r.nodeRepairConfig() != null) {
                                g.nodeRepairConfig(r.nodeRepairConfig());
                            }
                        });
                        resize(changed);
                        relabel(changed);
                    });
            return UpdateNodegroupConfigResponse.builder().update(update).build();
        });
    }

    private void resize(Nodegroup group) {
        region.autoScalingGroups.update(
                asg(group),
                a -> a.toBuilder()
                        .minSize(group.scalingConfig().minSize())
                        .maxSize(group.scalingConfig().maxSize())
                        .desiredCapacity(group.scalingConfig().desiredSize())
                        .build());
        String key = group.clusterName() + "/" + group.nodegroupName();
        region.account.after(
                Durations.SCALE,
                () -> region.nodeGroups.find(key).ifPresent(now -> {
                    if (now.status() == NodegroupStatus.DELETING) {
                        return;
                    }
                    List<Issue> issues = scaleTo(
                                    now,
                                    effectiveTypes(now),
                                    now.scalingConfig().desiredSize())
                            .stream()
                            .toList();
                    region.nodeGroups.update(
                            key,
                            g -> g.toBuilder()
                                    .health(h -> h.issues(issues))
                                    .status(
                                            g.status() != NodegroupStatus.ACTIVE
                                                            && g.status() != NodegroupStatus.DEGRADED
                                                    ? g.status()
                                                    : issues.isEmpty()
                                                            ? NodegroupStatus.ACTIVE
                                                            : NodegroupStatus.DEGRADED)
                                    .build());
                    if (!issues.isEmpty()) {
                        region.account.after(
                                RETRY, () -> region.nodeGroups.find(key).ifPresent(this::resize));
                    }
                }));
    }

    /** EKS carries changed labels and taints over to the nodes that run already. */
    private void relabel(Nodegroup group) {
        for (Instance instance : instances(group)) {
            Placement place = new Placement(
                    InstanceTypes.find(instance.instanceTypeAsString()).orElseThrow(),
                    region.subnets.get(instance.subnetId()));
            cluster(group).addNode(node(group, place, instance, instance.privateDnsName()));
        }
    }

    UpdateNodegroupVersionResponse updateNodegroupVersion(UpdateNodegroupVersionRequest r) {
        return region.account.once("UpdateNodegroupVersion", r.clientRequestToken(), () -> {
            String key = r.clusterName() + "/" + r.nodegroupName();
            Cluster cluster = EksClusters.requireActive(region, r.clusterName());
            Nodegroup group = requireActive(key);
            String version = r.version() == null
                    ? r.launchTemplate() == null ? cluster.version() : group.version()
                    : r.version();
            int number = EksVersions.number(version);
            if (number > EksVersions.number(cluster.version())
                    || number < EksVersions.number(group.version())
                    || number > EksVersions.number(group.version()) + 1) {
                throw AwsErrors.eksInvalidParameter("Requested Nodegroup release version " + version
                        + " is invalid. Allowed are " + group.version() + " and the next minor, up to the cluster's "
                        + cluster.version());
            }
            if (r.launchTemplate() != null) {
                if (group.launchTemplate() == null) {
                    throw AwsErrors.eksInvalidRequest(
                            "You cannot specify a launch template when the nodegroup was created without one");
                }
                template(r.launchTemplate());
            }
            LaunchTemplateSpecification template =
                    r.launchTemplate() == null ? group.launchTemplate() : resolved(r.launchTemplate());
            int parallel = group.updateConfig().maxUnavailable() == null
                    ? Math.max(1, instances(group).size() * group.updateConfig().maxUnavailablePercentage() / 100)
                    : group.updateConfig().maxUnavailable();
            int batches = Math.max(1, (instances(group).size() + parallel - 1) / parallel);
            updating(key);
            Update update = EksUpdates.begin(
                    region,
                    key,
                    UpdateType.VERSION_UPDATE,
                    List.of(EksUpdates.param(UpdateParamType.VERSION, version)),
                    Durations.NODE_GROUP_UPGRADE_BATCH.multipliedBy(batches),
                    () -> {
                        Nodegroup changed = updated(
                                key,
                                g -> g.version(version)
                                        .releaseVersion(
                                                r.releaseVersion() == null
                                                        ? EksVersions.nodeRelease(version)
                                                        : r.releaseVersion())
                                        .launchTemplate(template));
                        int size = instances(changed).size();
                        List<String> types = effectiveTypes(changed);
                        instances(changed).forEach(i -> terminate(changed, i));
                        region.networkInterfaces
                                .where(i -> i.status() == NetworkInterfaceStatus.AVAILABLE
                                        && changed.subnets().contains(i.subnetId())
                                        && i.description().startsWith("aws-K8S-"))
                                .forEach(i -> region.networkInterfaces.remove(i.networkInterfaceId()));
                        scaleTo(changed, types, size);
                    });
            return UpdateNodegroupVersionResponse.builder().update(update).build();
        });
    }

    DeleteNodegroupResponse deleteNodegroup(DeleteNodegroupRequest r) {
        region.clusters.get(r.clusterName());
        String key = r.clusterName() + "/" + r.nodegroupName();
        Nodegroup group = region.nodeGroups.get(key);
        if (group.status() == NodegroupStatus.UPDATING) {
            throw AwsErrors.eksInUse("Nodegroup " + r.nodegroupName() + " is being updated");
        }
        if (group.status() != NodegroupStatus.DELETING) {
            region.nodeGroups.update(
                    key, g -> g.toBuilder().status(NodegroupStatus.DELETING).build());
            region.account.after(Durations.NODE_GROUP_DELETE, () -> {
                instances(group).forEach(i -> terminate(group, i));
                region.autoScalingGroups.remove(asg(group));
                region.nodeGroups.remove(key);
                boolean roleUsed = region.nodeGroups.any(g -> g.clusterName().equals(group.clusterName())
                        && g.nodeRole().equals(group.nodeRole()));
                if (!roleUsed) {
                    region.accessEntries.remove(group.clusterName() + "/" + group.nodeRole());
                }
            });
        }
        return DeleteNodegroupResponse.builder()
                .nodegroup(region.nodeGroups.get(key))
                .build();
    }

    private Nodegroup requireActive(String key) {
        Nodegroup group = region.nodeGroups.get(key);
        if (group.status() == NodegroupStatus.UPDATING) {
            throw AwsErrors.eksInUse("Nodegroup " + group.nodegroupName() + " already has an update in progress");
        }
        if (group.status() != NodegroupStatus.ACTIVE && group.status() != NodegroupStatus.DEGRADED) {
            throw AwsErrors.eksInvalidRequest("Nodegroup cannot be updated as it is currently not in Active State");
        }
        return group;
    }

    private List<String> effectiveTypes(Nodegroup group) {
        if (!group.instanceTypes().isEmpty()) {
            return group.instanceTypes();
        }
        return template(group.launchTemplate())
                .map(t -> List.of(t.instanceTypeAsString()))
                .orElse(List.of("t3.medium"));
    }

    private List<Instance> instances(Nodegroup group) {
        return region.instances
                .where(i -> asg(group)
                        .equals(region.ec2Tags
                                .getOrDefault(i.instanceId(), Map.of())
                                .get("aws:autoscaling:groupName")))
                .toList();
    }

    private static String asg(Nodegroup group) {
        return group.resources().autoScalingGroups().get(0).name();
    }

    private EmulatedCluster cluster(Nodegroup group) {
        return kubernetes.get(EksClusters.kubernetesName(region, group.clusterName()));
    }

    private void updating(String key) {
        region.nodeGroups.update(
                key, g -> g.toBuilder().status(NodegroupStatus.UPDATING).build());
    }

    private Nodegroup updated(String key, java.util.function.Consumer<Nodegroup.Builder> change) {
        return region.nodeGroups.update(key, g -> {
            Nodegroup.Builder builder =
                    g.toBuilder().status(NodegroupStatus.ACTIVE).modifiedAt(region.account.now());
            change.accept(builder);
            return builder.build();
        });
    }

    private static boolean same(Taint a, Taint b) {
        return a.key().equals(b.key()) && a.effect() == b.effect();
    }
}
