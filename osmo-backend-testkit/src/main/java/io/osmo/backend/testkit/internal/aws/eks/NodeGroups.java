// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.*;

/** Managed node groups, from creation to deletion. Each has an Auto Scaling group and nodes in the emulated cluster. */
final class NodeGroups {
    private static final Duration CREATE = Duration.ofSeconds(150);
    private static final Duration DELETE = Duration.ofMinutes(4);
    private static final Duration RETRY = Duration.ofMinutes(1);
    /** How long EKS tries to launch instances. */
    private static final Duration GIVES_UP = Duration.ofMinutes(20);

    private final Eks eks;
    private final PoolTemplates templates;
    private final PoolMachines instances;
    private final PoolRules rules;

    NodeGroups(Eks eks, PoolTemplates templates, PoolMachines instances) {
        this.eks = eks;
        this.templates = templates;
        this.instances = instances;
        this.rules = new PoolRules(eks, templates);
    }

    CreateNodegroupResponse createNodegroup(CreateNodegroupRequest r) {
        return eks.account.once(r, r.clientRequestToken(), () -> {
            PoolRules.Checked checked = rules.check(r);
            String key = r.clusterName() + "/" + r.nodegroupName();
            Nodegroup group = eks.nodeGroups.put(key, group(r, checked));
            createAutoScalingGroup(group, checked.subnets());
            // EKS itself admits the instances of the role.
            eks.accessEntries.computeIfAbsent(
                    r.clusterName() + "/" + r.nodeRole(),
                    () -> AccessEntries.entry(eks, r.clusterName(), r.nodeRole(), "EC2_LINUX", Map.of()));
            Instant begun = eks.account.now();
            eks.account.after(CREATE, () -> launch(key, checked.types(), begun));
            return CreateNodegroupResponse.builder().nodegroup(group).build();
        });
    }

    private Nodegroup group(CreateNodegroupRequest r, PoolRules.Checked checked) {
        String autoScalingGroup = "eks-" + r.nodegroupName() + "-" + eks.account.uuid();
        Nodegroup.Builder group = Nodegroup.builder()
                .clusterName(r.clusterName())
                .nodegroupName(r.nodegroupName())
                .nodegroupArn(eks.arn(
                        "eks", "nodegroup/" + r.clusterName() + "/" + r.nodegroupName() + "/" + eks.account.uuid()))
                .version(checked.version())
                .releaseVersion(
                        r.releaseVersion() == null
                                ? Versions.nodeRelease(eks.account, checked.version())
                                : r.releaseVersion())
                .createdAt(eks.account.now())
                .modifiedAt(eks.account.now())
                .status(NodegroupStatus.CREATING)
                .capacityType(r.capacityType() == null ? CapacityTypes.ON_DEMAND : r.capacityType())
                .scalingConfig(checked.scaling())
                .instanceTypes(r.instanceTypes().isEmpty() && r.launchTemplate() != null ? List.of() : checked.types())
                .subnets(r.subnets())
                .amiType(checked.image())
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
                        AutoScalingGroup.builder().name(autoScalingGroup).build()))
                .tags(EksTags.checked(r.tags()));
        if (r.launchTemplate() == null) {
            group.diskSize(r.diskSize() == null ? 20 : r.diskSize());
        } else {
            group.launchTemplate(templates.resolved(r.launchTemplate()));
        }
        return group.build();
    }

    private void createAutoScalingGroup(Nodegroup group, List<Subnet> subnets) {
        String name = PoolMachines.autoScalingGroup(group);
        Map<String, String> tags = new TreeMap<>();
        tags.put("eks:cluster-name", group.clusterName());
        tags.put("eks:nodegroup-name", group.nodegroupName());
        tags.put("k8s.io/cluster-autoscaler/enabled", "true");
        tags.put("k8s.io/cluster-autoscaler/" + group.clusterName(), "owned");
        tags.put("kubernetes.io/cluster/" + group.clusterName(), "owned");
        NodegroupScalingConfig scaling = group.scalingConfig();
        eks.autoScaling.create(name, subnets, scaling.minSize(), scaling.maxSize(), scaling.desiredSize(), tags);
    }

    /** Tries to scale a new group to its size. EKS retries for a while and then fails. */
    private void launch(String key, List<String> types, Instant begun) {
        Nodegroup group = eks.nodeGroups.find(key).orElse(null);
        if (group == null || group.status() != NodegroupStatus.CREATING) {
            return;
        }
        Optional<Issue> issue =
                instances.scaleTo(group, types, group.scalingConfig().desiredSize());
        if (issue.isEmpty()) {
            issue = instances.unableToJoin(group);
        }
        boolean givesUp = !eks.account.now().isBefore(begun.plus(GIVES_UP));
        List<Issue> issues = issue.stream().toList();
        NodegroupStatus status = issues.isEmpty()
                ? NodegroupStatus.ACTIVE
                : givesUp ? NodegroupStatus.CREATE_FAILED : NodegroupStatus.CREATING;
        eks.nodeGroups.update(
                key,
                g -> g.toBuilder().status(status).health(h -> h.issues(issues)).build());
        if (status == NodegroupStatus.CREATING) {
            eks.account.after(RETRY, () -> launch(key, types, begun));
        }
        if (status == NodegroupStatus.ACTIVE) {
            eks.addons
                    .where(a -> a.clusterName().equals(group.clusterName()) && a.status() == AddonStatus.DEGRADED)
                    .forEach(a -> Addons.settle(eks, a.clusterName() + "/" + a.addonName()));
        }
    }

    DescribeNodegroupResponse describeNodegroup(DescribeNodegroupRequest r) {
        eks.clusters.get(r.clusterName());
        return DescribeNodegroupResponse.builder()
                .nodegroup(eks.nodeGroups.get(r.clusterName() + "/" + r.nodegroupName()))
                .build();
    }

    ListNodegroupsResponse listNodegroups(ListNodegroupsRequest r) {
        eks.clusters.get(r.clusterName());
        List<String> names = eks.nodeGroups
                .where(g -> g.clusterName().equals(r.clusterName()))
                .map(Nodegroup::nodegroupName)
                .toList();
        Page<String> page = Page.of(names, r.maxResults(), r.nextToken(), eks.account.pageSize());
        return ListNodegroupsResponse.builder()
                .nodegroups(page.items())
                .nextToken(page.next())
                .build();
    }

    DeleteNodegroupResponse deleteNodegroup(DeleteNodegroupRequest r) {
        eks.clusters.get(r.clusterName());
        String key = r.clusterName() + "/" + r.nodegroupName();
        Nodegroup group = eks.nodeGroups.get(key);
        if (group.status() == NodegroupStatus.UPDATING) {
            throw EksErrors.inUse("Nodegroup " + r.nodegroupName() + " is being updated");
        }
        if (group.status() != NodegroupStatus.DELETING) {
            eks.nodeGroups.update(
                    key, g -> g.toBuilder().status(NodegroupStatus.DELETING).build());
            eks.account.after(DELETE, () -> {
                instances.terminateAll(group);
                eks.autoScaling.delete(PoolMachines.autoScalingGroup(group));
                eks.nodeGroups.remove(key);
                boolean roleUsed = eks.nodeGroups.any(g -> g.clusterName().equals(group.clusterName())
                        && g.nodeRole().equals(group.nodeRole()));
                if (!roleUsed) {
                    eks.accessEntries.remove(group.clusterName() + "/" + group.nodeRole());
                }
            });
        }
        return DeleteNodegroupResponse.builder()
                .nodegroup(eks.nodeGroups.get(key))
                .build();
    }
}
