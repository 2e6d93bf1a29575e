// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.EksUpdates;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.cluster.Prerequisites;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupScalingConfig;
import software.amazon.awssdk.services.eks.model.TaintEffect;
import software.amazon.awssdk.services.eks.model.UpdateNodegroupConfigRequest;

/**
 * A managed node group (OP-*, CN-*). The number of nodes at this moment belongs to the autoscaler: only the bounds are
 * compared.
 */
public final class NodeGroup extends AwsResource<Nodegroup> {
    public static final String KIND = "node-group";

    static final Timing TIMING = new Timing(
            Duration.ofMinutes(3),
            Duration.ofMinutes(2),
            Duration.ofMinutes(4),
            Duration.ofSeconds(10),
            Duration.ofMinutes(60));

    private static final String VERSION = "version";
    private static final String TEMPLATE = "launchTemplate.version";

    private final PlannedGroup plan;
    private final PoolTemplate template;
    private final List<ResourceId> subnets;
    private final String imageType;
    private final KubernetesVersion version;
    private final EksUpdates updates;

    NodeGroup(
            AwsContext aws,
            PlannedGroup plan,
            PoolTemplate template,
            List<ResourceId> subnets,
            String imageType,
            KubernetesVersion version,
            Set<ResourceId> after) {
        super(
                aws,
                id(plan.name()),
                Nodegroup.class,
                after,
                TIMING,
                "node group " + plan.name() + ": " + plan.scale().min() + " to "
                        + plan.scale().max() + " "
                        + PoolTypes.of(plan.pool()).get(0) + " in " + String.join(", ", plan.zones()));
        this.plan = plan;
        this.template = template;
        this.subnets = subnets;
        this.imageType = imageType;
        this.version = version;
        this.updates = new EksUpdates(aws, r -> r.nodegroupName(plan.name()));
    }

    static ResourceId id(String name) {
        return ResourceId.of(KIND, name);
    }

    @Override
    public Optional<String> pool() {
        return Optional.of(plan.pool().name());
    }

    @Override
    public Optional<Nodegroup> read(State state) {
        return describe(aws, plan.name());
    }

    /** All node groups of the cluster, whoever made them; none when there is no cluster. Two round trips. */
    public static CompletableFuture<List<Nodegroup>> all(AwsContext aws) {
        if (aws.settings().offers(EksFeature.LISTS_OF_ABSENT_CLUSTER)) {
            return listed(aws);
        }
        return aws.findAsync("eks:DescribeCluster", () -> aws.clients().eks().describeCluster(r -> r.name(aws.name())))
                .thenCompose(
                        cluster -> cluster.isPresent() ? listed(aws) : CompletableFuture.completedFuture(List.of()));
    }

    private static CompletableFuture<List<Nodegroup>> listed(AwsContext aws) {
        return aws.findAsync(
                        "eks:ListNodegroups",
                        () -> aws.clients().eks().listNodegroupsPaginator(r -> r.clusterName(aws.name())).stream()
                                .flatMap(page -> page.nodegroups().stream())
                                .toList())
                .thenCompose(names -> Reading.sequence(names.orElse(List.of()).stream()
                        .map(name -> aws.scheduler().call(() -> describe(aws, name)))
                        .toList()))
                .thenApply(found -> found.stream().flatMap(Optional::stream).toList());
    }

    static Optional<Nodegroup> describe(AwsContext aws, String name) {
        return aws.find(
                "eks:DescribeNodegroup",
                () -> aws.clients()
                        .eks()
                        .describeNodegroup(r -> r.clusterName(aws.name()).nodegroupName(name))
                        .nodegroup());
    }

    @Override
    public Readiness readiness(Nodegroup observed) {
        return readinessOf(observed);
    }

    /** A degraded group still serves its nodes: replacing it would cost them, so it counts as ready, with the reason. */
    static Readiness readinessOf(Nodegroup observed) {
        String reason = String.join("; ", NodeGroupIssues.of(observed));
        return switch (observed.status()) {
            case ACTIVE -> Readiness.ready();
            case DEGRADED -> new Readiness(Readiness.Status.READY, reason);
            case CREATING, UPDATING ->
                Readiness.pending(observed.statusAsString() + (reason.isEmpty() ? "" : ": " + reason));
            case DELETING -> Readiness.deleting();
            default -> Readiness.failed(observed.statusAsString() + (reason.isEmpty() ? "" : ": " + reason));
        };
    }

    private CapacityTypes capacityType() {
        if (settings().pool(plan.pool().name()).capacityBlock()) {
            return CapacityTypes.CAPACITY_BLOCK;
        }
        return plan.pool().spot() ? CapacityTypes.SPOT : CapacityTypes.ON_DEMAND;
    }

    private EksSettings settings() {
        return aws.settings();
    }

    /** A capacity block wants its type in the launch template, and then EKS takes none here. */
    private List<String> instanceTypes() {
        return capacityType() == CapacityTypes.CAPACITY_BLOCK ? List.of() : PoolTypes.of(plan.pool());
    }

    private Set<String> subnetIds(State state) {
        return subnets.stream()
                .map(id -> state.require(id, Subnet.class).subnetId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A subnet that is yet to be created is none of those that the group has: the plan has to say that it is replaced. */
    private Set<String> plannedSubnets(State state) {
        return subnets.stream()
                .map(id -> state.find(id, Subnet.class).map(Subnet::subnetId).orElse(id.toString()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public List<FieldChange> compare(Nodegroup observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        replacing("instanceTypes", observed.instanceTypes(), instanceTypes(), changes);
        replacing("subnets", new TreeSet<>(observed.subnets()), plannedSubnets(state), changes);
        replacing(
                "capacityType", observed.capacityTypeAsString(), capacityType().toString(), changes);
        replacing("amiType", observed.amiTypeAsString(), imageType, changes);
        replacing("nodeRole", observed.nodeRole(), Prerequisites.roleArn(state, RoleKind.NODE), changes);
        compareTemplate(observed, state, changes);
        if (settings().offers(EksFeature.VERSION_UPDATES)
                && KubernetesVersion.of(observed.version()).compareTo(version) < 0) {
            changes.add(FieldChange.inPlace(VERSION, observed.version(), version));
        }
        Scale scale = plan.scale();
        inPlace("scalingConfig.minSize", observed.scalingConfig().minSize(), scale.min(), changes);
        inPlace("scalingConfig.maxSize", observed.scalingConfig().maxSize(), scale.max(), changes);
        inPlace(
                "labels",
                new TreeMap<>(observed.labels()),
                new TreeMap<>(plan.pool().labels()),
                changes);
        inPlace("taints", taintsOf(observed), new TreeSet<>(texts(plan.pool().taints())), changes);
        if (settings().offers(EksFeature.UPDATE_CONFIG)) {
            Integer unavailable = observed.updateConfig() == null
                    ? null
                    : observed.updateConfig().maxUnavailable();
            inPlace("updateConfig.maxUnavailable", String.valueOf(unavailable), "" + maxUnavailable(), changes);
            boolean repair = observed.nodeRepairConfig() != null
                    && Boolean.TRUE.equals(observed.nodeRepairConfig().enabled());
            inPlace("nodeRepairConfig.enabled", repair, settings().nodeRepair(), changes);
        }
        if (settings().offers(EksFeature.TAG_UPDATES)) {
            changes.addAll(Tags.compare(observed.tags(), aws.tags().of(id())));
        }
        return changes;
    }

    private int maxUnavailable() {
        return settings().maxUnavailable();
    }

    /** Before the template has been changed, the version that it is about to get is what the group will differ in. */
    private void compareTemplate(Nodegroup observed, State state, List<FieldChange> changes) {
        ObservedTemplate standing = state.require(template);
        LaunchTemplateSpecification used = observed.launchTemplate();
        if (used == null || !standing.id().equals(used.id())) {
            changes.add(FieldChange.replacing("launchTemplate.id", used == null ? "none" : used.id(), standing.id()));
            return;
        }
        if (!settings().offers(EksFeature.VERSION_UPDATES)) {
            return;
        }
        long wanted =
                standing.version() + (template.compareData(standing, state).isEmpty() ? 0 : 1);
        if (!String.valueOf(wanted).equals(used.version())) {
            changes.add(FieldChange.inPlace(TEMPLATE, used.version(), wanted));
        }
    }

    private static void replacing(String field, Object observed, Object wanted, List<FieldChange> changes) {
        if (!wanted.equals(observed)) {
            changes.add(FieldChange.replacing(field, observed, wanted));
        }
    }

    private static void inPlace(String field, Object observed, Object wanted, List<FieldChange> changes) {
        if (!wanted.equals(observed)) {
            changes.add(FieldChange.inPlace(field, observed, wanted));
        }
    }

    private static Set<String> texts(List<Taint> taints) {
        return taints.stream().map(Taint::toString).collect(Collectors.toSet());
    }

    private static Set<String> taintsOf(Nodegroup observed) {
        return observed.taints().stream()
                .map(NodeGroup::fromEks)
                .map(Taint::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A taint in our terms. */
    public static Taint fromEks(software.amazon.awssdk.services.eks.model.Taint taint) {
        return new Taint(
                taint.key(), taint.value() == null ? "" : taint.value(), Taint.Effect.valueOf(taint.effectAsString()));
    }

    private static software.amazon.awssdk.services.eks.model.Taint toEks(Taint taint) {
        return software.amazon.awssdk.services.eks.model.Taint.builder()
                .key(taint.key())
                .value(taint.value())
                .effect(TaintEffect.fromValue(taint.effect().name()))
                .build();
    }

    @Override
    public Nodegroup create(State state) {
        ObservedTemplate standing = state.require(template);
        Set<String> subnetIds = subnetIds(state);
        String role = Prerequisites.roleArn(state, RoleKind.NODE);
        List<String> types = instanceTypes();
        return aws.call(
                        "eks:CreateNodegroup",
                        () -> aws.clients().eks().createNodegroup(r -> {
                            r.clusterName(aws.name())
                                    .nodegroupName(plan.name())
                                    .nodeRole(role)
                                    .subnets(subnetIds)
                                    .amiType(imageType)
                                    .capacityType(capacityType())
                                    .version(version.toString())
                                    .scalingConfig(s -> s.minSize(plan.scale().min())
                                            .maxSize(plan.scale().max())
                                            .desiredSize(plan.scale().initial()))
                                    .labels(plan.pool().labels())
                                    .taints(plan.pool().taints().stream()
                                            .map(NodeGroup::toEks)
                                            .toList())
                                    .updateConfig(u -> u.maxUnavailable(maxUnavailable()))
                                    .nodeRepairConfig(n -> n.enabled(settings().nodeRepair()))
                                    .launchTemplate(t -> t.id(standing.id()).version("" + standing.version()))
                                    .tags(aws.tags().of(id()));
                            if (!types.isEmpty()) {
                                r.instanceTypes(types);
                            }
                        }))
                .nodegroup();
    }

    @Override
    public void update(Nodegroup observed, List<FieldChange> changes, State state) {
        updates.requireSuccess();
        Set<String> fields = changes.stream().map(FieldChange::field).collect(Collectors.toSet());
        boolean onlyTags = fields.stream().allMatch(field -> field.startsWith("tags."));
        if (onlyTags) {
            aws.call(
                    "eks:TagResource",
                    () -> aws.clients()
                            .eks()
                            .tagResource(r -> r.resourceArn(observed.nodegroupArn())
                                    .tags(aws.tags().of(id()))));
        } else if (fields.stream()
                .allMatch(field -> field.startsWith("tags.") || field.equals(VERSION) || field.equals(TEMPLATE))) {
            ObservedTemplate standing = state.require(template);
            updates.started(aws.call(
                            "eks:UpdateNodegroupVersion",
                            () -> aws.clients().eks().updateNodegroupVersion(r -> {
                                r.clusterName(aws.name()).nodegroupName(plan.name());
                                r.launchTemplate(t -> t.id(standing.id()).version("" + standing.version()));
                                if (fields.contains(VERSION)) {
                                    r.version(version.toString());
                                }
                            }))
                    .update());
        } else {
            updates.started(aws.call(
                            "eks:UpdateNodegroupConfig",
                            () -> aws.clients().eks().updateNodegroupConfig(r -> config(observed, r)))
                    .update());
        }
    }

    private void config(Nodegroup observed, UpdateNodegroupConfigRequest.Builder request) {
        request.clusterName(aws.name()).nodegroupName(plan.name()).scalingConfig(scaling(observed));
        Map<String, String> wanted = plan.pool().labels();
        Map<String, String> set = new HashMap<>(wanted);
        set.entrySet().removeAll(observed.labels().entrySet());
        Set<String> unset = new TreeSet<>(observed.labels().keySet());
        unset.removeAll(wanted.keySet());
        if (!set.isEmpty() || !unset.isEmpty()) {
            request.labels(l -> l.addOrUpdateLabels(set).removeLabels(unset));
        }
        List<Taint> standing =
                observed.taints().stream().map(NodeGroup::fromEks).toList();
        List<software.amazon.awssdk.services.eks.model.Taint> add = plan.pool().taints().stream()
                .filter(taint -> !standing.contains(taint))
                .map(NodeGroup::toEks)
                .toList();
        List<software.amazon.awssdk.services.eks.model.Taint> remove = standing.stream()
                .filter(taint -> plan.pool().taints().stream()
                        .noneMatch(w -> w.key().equals(taint.key()) && w.effect() == taint.effect()))
                .map(NodeGroup::toEks)
                .toList();
        if (!add.isEmpty() || !remove.isEmpty()) {
            request.taints(t -> t.addOrUpdateTaints(add).removeTaints(remove));
        }
        request.updateConfig(u -> u.maxUnavailable(maxUnavailable()));
        request.nodeRepairConfig(n -> n.enabled(settings().nodeRepair()));
    }

    /** EKS wants the present size within the bounds; only then is it moved, as far as the bounds ask. */
    private NodegroupScalingConfig scaling(Nodegroup observed) {
        Scale scale = plan.scale();
        NodegroupScalingConfig.Builder scaling =
                NodegroupScalingConfig.builder().minSize(scale.min()).maxSize(scale.max());
        Integer desired = observed.scalingConfig().desiredSize();
        if (desired != null && (desired < scale.min() || desired > scale.max())) {
            scaling.desiredSize(Math.max(scale.min(), Math.min(scale.max(), desired)));
        }
        return scaling.build();
    }

    @Override
    public void delete(Nodegroup observed, State state) {
        delete(aws, plan.name());
    }

    static void delete(AwsContext aws, String name) {
        aws.delete(
                "eks:DeleteNodegroup",
                () -> aws.clients()
                        .eks()
                        .deleteNodegroup(r -> r.clusterName(aws.name()).nodegroupName(name)));
    }
}
