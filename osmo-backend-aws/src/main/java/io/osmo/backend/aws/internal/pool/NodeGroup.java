// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.provider.Differences;
import io.osmo.backend.spi.provider.Needs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.Issue;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupScalingConfig;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.UpdateNodegroupConfigRequest;

/**
 * A managed node group (OP-*, CN-*). The number of nodes belongs to the autoscaler: only the bounds are compared.
 */
public final class NodeGroup extends ExistingPool implements Resource<Nodegroup> {
    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(Ids.nodeGroup("").kind())
            .read(
                    "eks:DescribeNodegroup",
                    "eks:ListNodegroups",
                    "eks:DescribeUpdate",
                    "autoscaling:DescribeAutoScalingGroups")
            .create(
                    "eks:CreateNodegroup",
                    "eks:TagResource",
                    "iam:PassRole",
                    "iam:CreateServiceLinkedRole",
                    "ec2:RunInstances",
                    "ec2:CreateTags")
            .update(
                    "eks:UpdateNodegroupConfig",
                    "eks:UpdateNodegroupVersion",
                    "eks:TagResource",
                    "ec2:RunInstances",
                    "ec2:CreateTags")
            .delete("eks:DeleteNodegroup", "eks:UpdateNodegroupConfig");

    private static final String VERSION = "version";
    private static final String RELEASE = "releaseVersion";
    private static final String TEMPLATE = "launchTemplate.version";

    private final DesiredPool desired;
    private final PoolTemplate template;
    private final List<ResourceId> subnets;
    private final Map<String, String> zones;
    private final String imageType;
    private final KubernetesVersion version;
    private final Optional<String> release;

    /**
     * @param subnets in all zones that the spec lists for the group
     * @param zones zone of each subnet that exists, by EC2's id
     * @param release newer image of the present version that the nodes are to be rolled to
     */
    NodeGroup(
            AwsContext context,
            DesiredPool desired,
            PoolTemplate template,
            List<ResourceId> subnets,
            Map<String, String> zones,
            String imageType,
            KubernetesVersion version,
            Optional<String> release,
            Set<ResourceId> after) {
        super(
                context,
                Ids.nodeGroup(desired.name()),
                desired.name(),
                desired.pool().name(),
                after,
                rolling(context, desired.scale().max()),
                "node group " + desired.name() + ": " + desired.scale().min() + " to "
                        + desired.scale().max() + " " + desired.types().get(0) + " in "
                        + String.join(", ", desired.zones()));
        this.desired = desired;
        this.template = template;
        this.subnets = subnets;
        this.zones = Map.copyOf(zones);
        this.imageType = imageType;
        this.version = version;
        this.release = release;
    }

    @Override
    public Set<ResourceId> replaces() {
        return desired.replaced();
    }

    @Override
    public List<String> newTaints(Nodegroup replaced) {
        return NodeTaints.added(NodeTaints.of(replaced), desired.pool().taints());
    }

    /** How long it takes to replace so many nodes. */
    static Duration rolling(AwsContext context, int nodes) {
        int parallel = Math.max(1, context.settings().maxUnavailable());
        return BATCH.multipliedBy((nodes + parallel - 1) / parallel);
    }

    @Override
    public Duration updateTime(Nodegroup observed, List<FieldChange> changes) {
        return changes.stream().anyMatch(change -> change.disruption() == Disruption.ROLLING)
                ? timing().update().plus(rolling(context, PoolGroups.nodes(observed)))
                : timing().update();
    }

    @Override
    protected Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>(super.tags());
        tags.putAll(PoolNames.tags(desired.pool().name(), desired.generation()));
        return tags;
    }

    private CapacityTypes capacityType() {
        return PoolShape.capacity(context.settings(), desired.pool());
    }

    private List<String> instanceTypes() {
        return PoolShape.groupTypes(capacityType(), desired.types());
    }

    /** What only another node group could have. */
    private PoolFit fit(Nodegroup observed, State state) {
        return new PoolFit(
                PoolShape.groupTypes(capacityType(), PoolTypes.of(desired.pool())),
                subnets.stream()
                        .map(id -> state.find(id, Subnet.class)
                                .map(Subnet::subnetId)
                                .orElse(id.toString()))
                        .collect(Collectors.toSet()),
                capacityType(),
                imageType,
                Optional.of(
                        IamRole.isArn(context, RoleKind.NODE, observed.nodeRole())
                                ? observed.nodeRole()
                                : IamRole.arn(state, RoleKind.NODE)),
                state.find(template).map(ObservedTemplate::id),
                zones);
    }

    @Override
    public List<FieldChange> compare(Nodegroup observed, State state) {
        List<FieldChange> changes = new ArrayList<>(fit(observed, state).compare(observed));
        if (changes.isEmpty()) {
            compareTemplate(observed, state, changes);
        }
        if (context.offers(EksFeature.VERSION_UPDATES)
                && KubernetesVersion.of(observed.version()).compareTo(version) < 0) {
            changes.add(FieldChange.rolling(VERSION, observed.version(), version));
        } else {
            release.filter(newest -> !newest.equals(observed.releaseVersion()))
                    .ifPresent(newest -> changes.add(FieldChange.rolling(RELEASE, observed.releaseVersion(), newest)));
        }
        Scale scale = desired.scale();
        inPlace("scalingConfig.minSize", observed.scalingConfig().minSize(), scale.min(), changes);
        compareMax(observed, changes);
        inPlace(
                "labels",
                new TreeMap<>(observed.labels()),
                new TreeMap<>(desired.pool().labels()),
                changes);
        compareTaints(observed, changes);
        if (context.offers(EksFeature.UPDATE_CONFIG)) {
            Integer unavailable = observed.updateConfig() == null
                    ? null
                    : observed.updateConfig().maxUnavailable();
            inPlace("updateConfig.maxUnavailable", String.valueOf(unavailable), "" + maxUnavailable(), changes);
            boolean repair = observed.nodeRepairConfig() != null
                    && Boolean.TRUE.equals(observed.nodeRepairConfig().enabled());
            inPlace("nodeRepairConfig.enabled", repair, context.settings().nodeRepair(), changes);
        }
        if (context.offers(EksFeature.TAG_UPDATES)) {
            changes.addAll(compareTags(observed.tags()));
        }
        return scale.min() == 0 && PoolGroups.isEmpty(observed) ? Differences.withoutNodes(changes) : changes;
    }

    private int maxUnavailable() {
        return context.settings().maxUnavailable();
    }

    /** Nodes beyond the new maximum are ended at once. */
    private void compareMax(Nodegroup observed, List<FieldChange> changes) {
        Integer now = observed.scalingConfig().maxSize();
        int max = desired.scale().max();
        if (!Integer.valueOf(max).equals(now)) {
            int nodes = PoolGroups.nodes(observed);
            boolean ends = nodes > max;
            changes.add(FieldChange.inPlace(
                    "scalingConfig.maxSize",
                    ends ? now + ", " + nodes + " nodes running" : now,
                    max,
                    ends ? Disruption.OUTAGE : Disruption.NONE));
        }
    }

    /** A new taint with the effect NoExecute ends the pods that do not tolerate it. */
    private void compareTaints(Nodegroup observed, List<FieldChange> changes) {
        List<Taint> existing = NodeTaints.of(observed);
        Set<String> before = texts(existing);
        Set<String> after = texts(desired.pool().taints());
        if (!before.equals(after)) {
            boolean ends = desired.pool().taints().stream()
                    .anyMatch(taint -> taint.effect() == Taint.Effect.NO_EXECUTE && !existing.contains(taint));
            changes.add(FieldChange.inPlace("taints", before, after, ends ? Disruption.OUTAGE : Disruption.NONE));
        }
    }

    /**
     * As long as the template differs itself, the group will differ in the version that the template is about to get. Tags alone are
     * not worth a node: they come with the next version that is rolled out.
     */
    private void compareTemplate(Nodegroup observed, State state, List<FieldChange> changes) {
        ObservedTemplate existing = state.require(template);
        String used = observed.launchTemplate().version();
        if (context.offers(EksFeature.VERSION_UPDATES) && !template.isAsWanted(existing, used, state)) {
            changes.add(FieldChange.rolling(TEMPLATE, used, template.nextVersion(existing, state)));
        }
    }

    private static void inPlace(String field, Object observed, Object wanted, List<FieldChange> changes) {
        if (!wanted.equals(observed)) {
            changes.add(FieldChange.inPlace(field, observed, wanted));
        }
    }

    private static Set<String> texts(List<Taint> taints) {
        return taints.stream().map(Taint::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    /** EKS calls a group active, or degraded, before it has the nodes that it must have: an apply is done when they run. */
    @Override
    public Optional<Nodegroup> read(State state) {
        return super.read(state).map(this::unlessNodesAreMissing);
    }

    private Nodegroup unlessNodesAreMissing(Nodegroup group) {
        boolean settled = group.status() == NodegroupStatus.ACTIVE || group.status() == NodegroupStatus.DEGRADED;
        int least = Math.min(
                desired.scale().min(),
                group.scalingConfig().minSize() == null
                        ? 0
                        : group.scalingConfig().minSize());
        Optional<String> asg = AsgTags.groupOf(group);
        if (!settled || least == 0 || asg.isEmpty() || !context.offers(EksFeature.AUTO_SCALING_GROUPS)) {
            return group;
        }
        int running = running(asg.get());
        if (running >= least) {
            return group;
        }
        List<Issue> issues = new ArrayList<>();
        issues.add(Issue.builder()
                .code(NodeGroupIssues.BELOW_MINIMUM)
                .message(running + " of at least " + least + " nodes are running")
                .build());
        issues.addAll(group.health() == null ? List.of() : group.health().issues());
        return group.toBuilder()
                .status(NodegroupStatus.UPDATING)
                .health(health -> health.issues(issues))
                .build();
    }

    private int running(String asg) {
        return (int) context
                .call(
                        "autoscaling:DescribeAutoScalingGroups",
                        () -> context.autoScaling().describeAutoScalingGroups(r -> r.autoScalingGroupNames(asg)))
                .autoScalingGroups()
                .stream()
                .flatMap(group -> group.instances().stream())
                .filter(instance -> instance.lifecycleState() == LifecycleState.IN_SERVICE)
                .count();
    }

    @Override
    public Nodegroup create(State state) {
        ObservedTemplate existing = state.require(template);
        Set<String> subnetIds = subnets.stream()
                .map(id -> state.require(id, Subnet.class).subnetId())
                .collect(Collectors.toCollection(TreeSet::new));
        String role = IamRole.arn(state, RoleKind.NODE);
        List<String> types = instanceTypes();
        return context.call(
                        "eks:CreateNodegroup",
                        () -> context.eks().createNodegroup(r -> {
                            r.clusterName(context.name())
                                    .nodegroupName(desired.name())
                                    .nodeRole(role)
                                    .subnets(subnetIds)
                                    .amiType(imageType)
                                    .capacityType(capacityType())
                                    .version(version.toString())
                                    .scalingConfig(
                                            s -> s.minSize(desired.scale().min())
                                                    .maxSize(desired.scale().max())
                                                    .desiredSize(desired.initial()))
                                    .labels(desired.pool().labels())
                                    .taints(NodeTaints.toEks(desired.pool().taints()))
                                    .updateConfig(u -> u.maxUnavailable(maxUnavailable()))
                                    .nodeRepairConfig(
                                            n -> n.enabled(context.settings().nodeRepair()))
                                    .launchTemplate(existing::use)
                                    .tags(tags());
                            if (!types.isEmpty()) {
                                r.instanceTypes(types);
                            }
                        }))
                .nodegroup();
    }

    @Override
    public void update(Nodegroup observed, List<FieldChange> changes, State state) {
        Set<String> fields = changes.stream()
                .map(FieldChange::field)
                .filter(field -> !field.startsWith("tags."))
                .collect(Collectors.toSet());
        if (fields.isEmpty()) {
            tag(observed.nodegroupArn());
        } else if (Set.of(VERSION, TEMPLATE, RELEASE).containsAll(fields)) {
            ObservedTemplate existing = state.require(template);
            update(
                    "eks:UpdateNodegroupVersion",
                    () -> context.eks()
                            .updateNodegroupVersion(r -> {
                                r.clusterName(context.name()).nodegroupName(desired.name());
                                r.launchTemplate(existing::use);
                                if (fields.contains(VERSION)) {
                                    r.version(version.toString());
                                } else if (fields.contains(RELEASE)) {
                                    r.version(observed.version());
                                    release.ifPresent(r::releaseVersion);
                                }
                            })
                            .update());
        } else {
            update(
                    "eks:UpdateNodegroupConfig",
                    () -> context.eks()
                            .updateNodegroupConfig(r -> config(observed, r))
                            .update());
        }
    }

    private void config(Nodegroup observed, UpdateNodegroupConfigRequest.Builder request) {
        request.clusterName(context.name()).nodegroupName(desired.name()).scalingConfig(scaling(observed));
        Map<String, String> wanted = desired.pool().labels();
        Map<String, String> set = new HashMap<>(wanted);
        set.entrySet().removeAll(observed.labels().entrySet());
        Set<String> unset = new TreeSet<>(observed.labels().keySet());
        unset.removeAll(wanted.keySet());
        if (!set.isEmpty() || !unset.isEmpty()) {
            request.labels(l -> l.addOrUpdateLabels(set).removeLabels(unset));
        }
        List<Taint> existing = NodeTaints.of(observed);
        List<Taint> add = desired.pool().taints().stream()
                .filter(taint -> !existing.contains(taint))
                .toList();
        List<Taint> remove = existing.stream()
                .filter(taint -> desired.pool().taints().stream()
                        .noneMatch(w -> w.key().equals(taint.key()) && w.effect() == taint.effect()))
                .toList();
        if (!add.isEmpty() || !remove.isEmpty()) {
            request.taints(t -> t.addOrUpdateTaints(NodeTaints.toEks(add)).removeTaints(NodeTaints.toEks(remove)));
        }
        request.updateConfig(u -> u.maxUnavailable(maxUnavailable()));
        request.nodeRepairConfig(n -> n.enabled(context.settings().nodeRepair()));
    }

    /** EKS wants the present size within the bounds; only for that is it changed, and no more than needed. */
    private NodegroupScalingConfig scaling(Nodegroup observed) {
        Scale scale = desired.scale();
        NodegroupScalingConfig.Builder scaling =
                NodegroupScalingConfig.builder().minSize(scale.min()).maxSize(scale.max());
        Integer size = observed.scalingConfig().desiredSize();
        if (size != null && (size < scale.min() || size > scale.max())) {
            scaling.desiredSize(Math.max(scale.min(), Math.min(scale.max(), size)));
        }
        return scaling.build();
    }
}
