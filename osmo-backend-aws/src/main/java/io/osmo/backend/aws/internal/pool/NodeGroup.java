// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.aws.internal.catalog.PoolTypes;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.Scale;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupScalingConfig;
import software.amazon.awssdk.services.eks.model.UpdateNodegroupConfigRequest;

/**
 * A managed node group (OP-*, CN-*). The number of nodes belongs to the autoscaler: only the bounds are compared.
 */
public final class NodeGroup extends ExistingPool implements Resource<Nodegroup> {
    private static final String VERSION = "version";
    private static final String TEMPLATE = "launchTemplate.version";

    private final DesiredPool desired;
    private final PoolTemplate template;
    private final List<ResourceId> subnets;
    private final String imageType;
    private final KubernetesVersion version;

    NodeGroup(
            AwsContext context,
            DesiredPool desired,
            PoolTemplate template,
            List<ResourceId> subnets,
            String imageType,
            KubernetesVersion version,
            Set<ResourceId> after) {
        super(
                context,
                Ids.nodeGroup(desired.name()),
                desired.name(),
                after,
                "node group " + desired.name() + ": " + desired.scale().min() + " to "
                        + desired.scale().max() + " "
                        + PoolTypes.of(desired.pool()).get(0) + " in "
                        + String.join(", ", desired.zones()));
        this.desired = desired;
        this.template = template;
        this.subnets = subnets;
        this.imageType = imageType;
        this.version = version;
    }

    @Override
    public Optional<String> pool() {
        return Optional.of(desired.pool().name());
    }

    private CapacityTypes capacityType() {
        if (context.settings().pool(desired.pool().name()).capacityBlock()) {
            return CapacityTypes.CAPACITY_BLOCK;
        }
        return desired.pool().spot() ? CapacityTypes.SPOT : CapacityTypes.ON_DEMAND;
    }

    /** The type of a capacity block is in the launch template, and then EKS takes none here. */
    private List<String> instanceTypes() {
        return capacityType() == CapacityTypes.CAPACITY_BLOCK ? List.of() : PoolTypes.of(desired.pool());
    }

    /** A subnet that is yet to be created is none of those that the group has: the plan says that the group is replaced. */
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
        replacing("nodeRole", observed.nodeRole(), IamRole.arn(state, RoleKind.NODE), changes);
        compareTemplate(observed, state, changes);
        if (context.offers(EksFeature.VERSION_UPDATES)
                && KubernetesVersion.of(observed.version()).compareTo(version) < 0) {
            changes.add(FieldChange.inPlace(VERSION, observed.version(), version));
        }
        Scale scale = desired.scale();
        inPlace("scalingConfig.minSize", observed.scalingConfig().minSize(), scale.min(), changes);
        inPlace("scalingConfig.maxSize", observed.scalingConfig().maxSize(), scale.max(), changes);
        inPlace(
                "labels",
                new TreeMap<>(observed.labels()),
                new TreeMap<>(desired.pool().labels()),
                changes);
        inPlace("taints", texts(NodeTaints.of(observed)), texts(desired.pool().taints()), changes);
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
        return changes;
    }

    private int maxUnavailable() {
        return context.settings().maxUnavailable();
    }

    /** As long as the template differs itself, the group will differ in the version that the template is about to get. */
    private void compareTemplate(Nodegroup observed, State state, List<FieldChange> changes) {
        ObservedTemplate existing = state.require(template);
        LaunchTemplateSpecification used = observed.launchTemplate();
        if (used == null || !existing.id().equals(used.id())) {
            changes.add(FieldChange.replacing("launchTemplate.id", used == null ? "none" : used.id(), existing.id()));
            return;
        }
        if (!context.offers(EksFeature.VERSION_UPDATES)) {
            return;
        }
        long wanted =
                existing.version() + (template.compareData(existing, state).isEmpty() ? 0 : 1);
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
        return taints.stream().map(Taint::toString).collect(Collectors.toCollection(TreeSet::new));
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
                                                    .desiredSize(desired.scale().initial()))
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
        } else if (Set.of(VERSION, TEMPLATE).containsAll(fields)) {
            ObservedTemplate existing = state.require(template);
            update(
                    "eks:UpdateNodegroupVersion",
                    () -> context.eks()
                            .updateNodegroupVersion(r -> {
                                r.clusterName(context.name()).nodegroupName(desired.name());
                                r.launchTemplate(existing::use);
                                if (fields.contains(VERSION)) {
                                    r.version(version.toString());
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
