// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.Zones;
import io.osmo.backend.testkit.internal.aws.AwsQuotas;
import io.osmo.backend.testkit.internal.aws.autoscaling.AutoScaling;
import io.osmo.backend.testkit.internal.aws.ec2.CapacityReservations;
import io.osmo.backend.testkit.internal.aws.ec2.InstanceTypes;
import io.osmo.backend.testkit.internal.aws.ec2.InstanceTypes.InstanceTypeFacts;
import io.osmo.backend.testkit.internal.aws.ec2.NetworkCards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceLifecycleType;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.*;

/** The instances of node groups. */
final class PoolMachines {
    private final Eks eks;
    private final PoolJoin join;

    PoolMachines(Eks eks, PoolJoin join) {
        this.eks = eks;
        this.join = join;
    }

    static String autoScalingGroup(Nodegroup group) {
        return group.resources().autoScalingGroups().get(0).name();
    }

    List<Instance> of(Nodegroup group) {
        return eks.autoScaling.instances(autoScalingGroup(group));
    }

    /** Lets the instances that are no nodes yet try again, and returns why the group is unhealthy. */
    Optional<Issue> unableToJoin(Nodegroup group) {
        List<Instance> all = of(group);
        List<Instance> outside = all.stream()
                .filter(instance -> join.join(group, instance).isPresent())
                .toList();
        if (!outside.isEmpty()) {
            return Optional.of(failure("Instances failed to join the kubernetes cluster", outside));
        }
        return all.isEmpty() || join.hasNetwork(group)
                ? Optional.empty()
                : Optional.of(failure("Unhealthy nodes in the kubernetes cluster", all));
    }

    private static Issue failure(String message, List<Instance> instances) {
        return Issue.builder()
                .code(NodegroupIssueCode.NODE_CREATION_FAILURE)
                .message(message)
                .resourceIds(instances.stream().map(Instance::instanceId).toList())
                .build();
    }

    /** Launches or terminates instances until the group has this many, or returns why that is impossible. */
    Optional<Issue> scaleTo(Nodegroup group, List<String> types, int size) {
        List<Instance> running = new ArrayList<>(of(group));
        while (running.size() > size) {
            terminate(group, running.remove(running.size() - 1));
        }
        while (running.size() < size) {
            Optional<Issue> issue = whyNotAnywhere(group);
            if (issue.isPresent()) {
                return issue;
            }
            Optional<Placement> place = place(group, types, running);
            if (place.isEmpty()) {
                return Optional.of(stockOut(group, types));
            }
            Optional<String> refusal = whyNot(group, place.get());
            if (refusal.isPresent()) {
                return Optional.of(launchFailure(group, refusal.get()));
            }
            running.add(run(group, place.get()));
        }
        return Optional.empty();
    }

    /** Why no instance of the group can be launched, wherever it would be. */
    private Optional<Issue> whyNotAnywhere(Nodegroup group) {
        if (!new PoolTemplates(eks).exists(group)) {
            return Optional.of(Issue.builder()
                    .code(NodegroupIssueCode.EC2_LAUNCH_TEMPLATE_NOT_FOUND)
                    .message("The Amazon EC2 launch template "
                            + group.launchTemplate().id() + " was not found.")
                    .resourceIds(group.launchTemplate().id())
                    .build());
        }
        Optional<Faults.MachineRefusal> refusal = eks.faults.machineRefusal();
        if (refusal.isPresent()) {
            return Optional.of(launchFailure(
                    group, refusal.get().code() + " - " + refusal.get().text()));
        }
        if (!hasUsableKey(group)) {
            return Optional.of(launchFailure(
                    group, "Client.InvalidKMSKey.InvalidState - The KMS key provided is in an incorrect state."));
        }
        if (!mayUseKey(group)) {
            return Optional.of(launchFailure(group, "Client.InternalError: Client error on launch."));
        }
        return group.subnets().stream().allMatch(eks.ec2::isFull) ? Optional.of(noAddresses(group)) : Optional.empty();
    }

    /** Why EC2 refuses an instance of a type in a subnet. */
    private Optional<String> whyNot(Nodegroup group, Placement place) {
        Optional<String> interfaces = new PoolTemplates(eks)
                .data(group.launchTemplate())
                .flatMap(data -> NetworkCards.objection(place.type(), data))
                .map(objection -> "InvalidParameterCombination - " + objection);
        return interfaces
                .or(() -> reservation(group)
                        .flatMap(id -> CapacityReservations.objection(
                                eks.ec2, id, place.type().name(), place.subnet().availabilityZone())))
                .or(() -> eks.ec2.exceedsStorage(new PoolTemplates(eks).diskGib(group))
                        ? Optional.of("VolumeLimitExceeded - You have exceeded your maximum gp3 storage limit of "
                                + (int) eks.account.quota(AwsQuotas.GP3_STORAGE) + " TiB in this region.")
                        : Optional.empty())
                .or(() -> exceedsQuota(group, place.type()) ? Optional.of(quotaExceeded(group)) : Optional.empty());
    }

    private static String quotaExceeded(Nodegroup group) {
        return group.capacityType() == CapacityTypes.SPOT
                ? "MaxSpotInstanceCountExceeded - Max spot instance count exceeded."
                : "VcpuLimitExceeded - You have requested more vCPU capacity than your current vCPU limit allows for the"
                        + " instance bucket that the specified instance type belongs to.";
    }

    /** EC2 creates no encrypted disk with a key that is disabled or scheduled for deletion. */
    private boolean hasUsableKey(Nodegroup group) {
        return keys(group).allMatch(eks.kms::isUsable);
    }

    /** EC2 Auto Scaling acts as its own role, which the policy of the key or a grant has to admit. */
    private boolean mayUseKey(Nodegroup group) {
        return keys(group).allMatch(key -> eks.kms.mayLaunch(key, eks.account.autoScalingRole()));
    }

    private Stream<String> keys(Nodegroup group) {
        return new PoolTemplates(eks)
                .data(group.launchTemplate()).stream()
                        .flatMap(data -> data.blockDeviceMappings().stream())
                        .flatMap(disk -> Stream.ofNullable(disk.ebs()))
                        .flatMap(ebs -> Stream.ofNullable(ebs.kmsKeyId()));
    }

    /** Id of the reservation that instances of the group are launched into. */
    private Optional<String> reservation(Nodegroup group) {
        return new PoolTemplates(eks)
                .data(group.launchTemplate())
                .flatMap(data -> Optional.ofNullable(data.capacityReservationSpecification()))
                .flatMap(each -> Optional.ofNullable(each.capacityReservationTarget()))
                .flatMap(target -> Optional.ofNullable(target.capacityReservationId()));
    }

    private record Placement(InstanceTypeFacts type, Subnet subnet) {}

    /** The subnet with the fewest instances among those where one of the types is available. */
    private Optional<Placement> place(Nodegroup group, List<String> types, List<Instance> running) {
        return Zones.emptiest(
                        group.subnets(),
                        running.stream().map(Instance::subnetId),
                        subnet -> !eks.ec2.isFull(subnet)
                                && type(group, subnet, types).isPresent())
                .map(subnet -> new Placement(type(group, subnet, types).orElseThrow(), eks.ec2.subnets.get(subnet)));
    }

    /** The first of the types that is available in a subnet. What is reserved is held even if there is nothing else. */
    private Optional<InstanceTypeFacts> type(Nodegroup group, String subnet, List<String> types) {
        String zone = eks.ec2.subnets.get(subnet).availabilityZone();
        boolean reserved = reservation(group).isPresent();
        return types.stream()
                .filter(type -> eks.account.sells(type)
                        && InstanceTypes.isOffered(type, zone)
                        && (reserved || !eks.faults.stockedOut(type, zone)))
                .findFirst()
                .flatMap(InstanceTypes::find);
    }

    /** Spot machines have quotas of their own, and machines of a capacity block count to none. */
    private boolean exceedsQuota(Nodegroup group, InstanceTypeFacts type) {
        if (group.capacityType() == CapacityTypes.CAPACITY_BLOCK) {
            return false;
        }
        boolean spot = group.capacityType() == CapacityTypes.SPOT;
        int used = eks.ec2.instances.all().stream()
                .filter(i -> (i.instanceLifecycle() == InstanceLifecycleType.SPOT) == spot)
                .map(i -> InstanceTypes.find(i.instanceTypeAsString()).orElseThrow())
                .filter(t -> t.quota().equals(type.quota()))
                .mapToInt(InstanceTypeFacts::vcpus)
                .sum();
        return used + type.vcpus() > eks.account.quota(spot ? AwsQuotas.spot(type.quota()) : type.quota());
    }

    private Issue stockOut(Nodegroup group, List<String> types) {
        List<String> zones = group.subnets().stream()
                .map(id -> eks.ec2.subnets.get(id).availabilityZone())
                .toList();
        return launchFailure(
                group,
                "InsufficientInstanceCapacity - We currently do not have sufficient "
                        + types.get(0) + " capacity in the Availability Zone you requested (" + String.join(", ", zones)
                        + "). Our system will be working on provisioning additional capacity.");
    }

    private Issue noAddresses(Nodegroup group) {
        String subnet = group.subnets().get(0);
        eks.autoScaling.launchFailed(
                autoScalingGroup(group),
                "There are not enough free addresses in subnet '" + subnet
                        + "' to satisfy the requested number of instances. Launching EC2 instance failed.");
        return Issue.builder()
                .code(NodegroupIssueCode.INSUFFICIENT_FREE_ADDRESSES)
                .message("One or more of the subnets associated with your managed node group does not have enough"
                        + " available IP addresses for new nodes.")
                .resourceIds(subnet)
                .build();
    }

    /** @param why a code and a sentence of EC2 */
    private Issue launchFailure(Nodegroup group, String why) {
        String kind = group.capacityType() == CapacityTypes.SPOT ? "Spot" : "On-Demand";
        String message = "Could not launch " + kind + " Instances. " + why + " Launching EC2 instance failed.";
        eks.autoScaling.launchFailed(autoScalingGroup(group), message);
        return Issue.builder()
                .code(NodegroupIssueCode.ASG_INSTANCE_LAUNCH_FAILURES)
                .message(message)
                .resourceIds(autoScalingGroup(group))
                .build();
    }

    private Instance run(Nodegroup group, Placement place) {
        String id = eks.account.newId("i");
        Subnet subnet = place.subnet();
        GroupIdentifier securityGroup = GroupIdentifier.builder()
                .groupId(eks.clusters
                        .get(group.clusterName())
                        .resourcesVpcConfig()
                        .clusterSecurityGroupId())
                .build();
        String address = NodeInterfaces.attach(eks.ec2, group.clusterName(), id, place.type(), subnet, securityGroup);
        Instance.Builder instance = Instance.builder()
                .instanceId(id)
                .instanceType(place.type().name())
                .state(s -> s.name(InstanceStateName.RUNNING))
                .subnetId(subnet.subnetId())
                .vpcId(subnet.vpcId())
                .placement(p -> p.availabilityZone(subnet.availabilityZone()))
                .privateIpAddress(address)
                .privateDnsName("ip-" + address.replace('.', '-') + "." + eks.region + ".compute.internal")
                .launchTime(eks.account.now())
                .securityGroups(securityGroup)
                .cpuOptions(c -> c.coreCount(place.type().vcpus()).threadsPerCore(1));
        reservation(group).ifPresent(instance::capacityReservationId);
        if (group.capacityType() == CapacityTypes.SPOT) {
            instance.instanceLifecycle("spot");
        }
        eks.ec2.instances.put(id, instance.build());
        eks.ec2.attachRootDisk(id, subnet.availabilityZone(), new PoolTemplates(eks).diskGib(group));
        eks.ec2.tags.putAsService(
                id,
                Map.of(
                        "eks:cluster-name",
                        group.clusterName(),
                        "eks:nodegroup-name",
                        group.nodegroupName(),
                        AutoScaling.GROUP_TAG,
                        autoScalingGroup(group),
                        "kubernetes.io/cluster/" + group.clusterName(),
                        "owned"));
        eks.autoScaling.launched(autoScalingGroup(group), id);
        join.join(group, eks.ec2.instances.get(id));
        return eks.ec2.instances.get(id);
    }

    /** Terminates all instances. */
    void terminateAll(Nodegroup group) {
        of(group).forEach(instance -> terminate(group, instance));
    }

    /** Terminates an instance. The last one leaves an interface behind that the CNI did not detach in time. */
    void terminate(Nodegroup group, Instance instance) {
        eks.ec2.instances.remove(instance.instanceId());
        eks.ec2.deleteRootDisk(instance.instanceId());
        eks.ec2.tags.remove(instance.instanceId());
        eks.kubernetes(group.clusterName()).removeNode(instance.privateDnsName());
        NodeInterfaces.detach(eks.ec2, instance.instanceId(), of(group).isEmpty());
    }

    /** Applies changed labels and taints to the nodes. */
    void relabel(Nodegroup group) {
        of(group).forEach(instance -> join.refresh(group, instance));
    }
}
