// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.MachineType;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Taint;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.Tag;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * Tells the autoscaler what a node of a group without nodes would be like: its labels, taints and resources, so that a pool
 * scales from zero (CN-2). The tags end with the group.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html">EC2 Auto Scaling: 25 tags a call</a>
 * @see <a href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md">Cluster
 *     Autoscaler on AWS</a>
 */
public final class AsgTags extends AwsResource<ObservedAsgTags> implements Resource<ObservedAsgTags> {
    static final String KIND = "asg-tags";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("autoscaling:DescribeTags", "autoscaling:DescribeAutoScalingGroups")
            .create("autoscaling:CreateOrUpdateTags")
            .update("autoscaling:CreateOrUpdateTags", "autoscaling:DeleteTags")
            .delete("autoscaling:DeleteTags");

    private static final String PREFIX = "k8s.io/cluster-autoscaler/";
    private static final String TEMPLATE = PREFIX + "node-template/";
    private static final String TYPE = "auto-scaling-group";
    /** Prefix of the tags that mark a group as the backend's. */
    private static final String OURS = "osmo-";
    /** Tags that one call takes. */
    private static final int ONE_CALL = 25;

    private final DesiredPool desired;
    private final Map<String, String> wanted;

    AsgTags(AwsContext context, DesiredPool desired, Optional<MachineType> machine) {
        super(
                context,
                id(desired.name()),
                ObservedAsgTags.class,
                Set.of(Ids.nodeGroup(desired.name())),
                Timing.quick(),
                "autoscaler hints of node group " + desired.name());
        this.desired = desired;
        this.wanted = wanted(machine);
    }

    static ResourceId id(String group) {
        return ResourceId.of(KIND, group);
    }

    private Map<String, String> wanted(Optional<MachineType> machine) {
        Map<String, String> tags = tags();
        tags.putAll(hints(
                context.name(),
                desired.pool(),
                desired.zones(),
                machine.map(MachineType::nvidiaGpus).orElse(0)));
        return tags;
    }

    /** What the autoscaler must know about the groups of a pool: the cluster, and the properties of a new node. */
    static Map<String, String> hints(String cluster, NodePool pool, List<String> zones, int gpus) {
        Map<String, String> tags = new TreeMap<>();
        tags.put(PREFIX + "enabled", "true");
        tags.put(PREFIX + cluster, "owned");
        pool.labels().forEach((key, value) -> tags.put(TEMPLATE + "label/" + key, value));
        if (zones.size() == 1) {
            tags.put(TEMPLATE + "label/topology.ebs.csi.aws.com/zone", zones.get(0));
        }
        for (Taint taint : pool.taints()) {
            tags.put(
                    TEMPLATE + "taint/" + taint.key(),
                    taint.value() + ":" + taint.effect().kubernetes());
        }
        tags.put(TEMPLATE + "resources/ephemeral-storage", pool.diskGib() + "Gi");
        if (gpus > 0) {
            tags.put(TEMPLATE + "resources/nvidia.com/gpu", String.valueOf(gpus));
        }
        return tags;
    }

    @Override
    public Optional<String> pool() {
        return Optional.of(desired.pool().name());
    }

    /** The auto scaling group, and its tags with it, goes when its node group is deleted or replaced. */
    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(Ids.nodeGroup(desired.name()));
    }

    /** Name of the group that EKS has made; EKS names it once the node group is on its way. */
    static Optional<String> groupOf(Nodegroup group) {
        return group.resources() == null
                ? Optional.empty()
                : group.resources().autoScalingGroups().stream()
                        .map(asg -> asg.name())
                        .findFirst();
    }

    @Override
    public Optional<ObservedAsgTags> read(State state) {
        return state.find(Ids.nodeGroup(desired.name()), Nodegroup.class)
                .flatMap(AsgTags::groupOf)
                .map(asg -> new ObservedAsgTags(asg, tagsOf(context, asg)))
                .filter(found -> context.ownership().owns(found.tags()));
    }

    private static Map<String, String> tagsOf(AwsContext context, String asg) {
        return context.call(
                "autoscaling:DescribeTags",
                () ->
                        context
                                .autoScaling()
                                .describeTagsPaginator(
                                        r -> r.filters(f -> f.name(TYPE).values(asg)))
                                .tags()
                                .stream()
                                .collect(Collectors.toMap(
                                        tag -> tag.key(), tag -> tag.value(), (first, again) -> first)));
    }

    @Override
    public List<FieldChange> compare(ObservedAsgTags observed, State state) {
        List<FieldChange> changes = new ArrayList<>(Ownership.compare("tags", observed.tags(), wanted));
        stale(observed)
                .forEach(key -> changes.add(FieldChange.inPlace(
                        "tags." + key, String.valueOf(observed.tags().get(key)), "absent")));
        return changes;
    }

    /** Hints that no longer hold would make the autoscaler start nodes that no pod fits. */
    private List<String> stale(ObservedAsgTags observed) {
        return observed.tags().keySet().stream()
                .filter(key -> key.startsWith(TEMPLATE) && !wanted.containsKey(key))
                .sorted()
                .toList();
    }

    @Override
    public ObservedAsgTags create(State state) {
        String asg = groupOf(state.require(Ids.nodeGroup(desired.name()), Nodegroup.class))
                .orElseThrow(() -> new NoSuchElementException("node group " + desired.name() + " names no group yet"));
        return new ObservedAsgTags(asg, put(asg, Map.of()));
    }

    /** Sets as many of the missing tags as one call takes, those first by which the group is found again. */
    private Map<String, String> put(String asg, Map<String, String> observed) {
        Map<String, String> put = new HashMap<>();
        wanted.entrySet().stream()
                .filter(tag -> !tag.getValue().equals(observed.get(tag.getKey())))
                .sorted(Comparator.comparing(
                                (Map.Entry<String, String> tag) -> !tag.getKey().startsWith(OURS))
                        .thenComparing(Map.Entry::getKey))
                .limit(ONE_CALL)
                .forEach(tag -> put.put(tag.getKey(), tag.getValue()));
        List<Tag> tags = asTags(asg, put);
        context.call(
                "autoscaling:CreateOrUpdateTags", () -> context.autoScaling().createOrUpdateTags(r -> r.tags(tags)));
        return put;
    }

    private static List<Tag> asTags(String asg, Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> Tag.builder()
                                .resourceId(asg)
                                .resourceType(TYPE)
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .propagateAtLaunch(false)
                                .build())
                        .toList();
    }

    @Override
    public void update(ObservedAsgTags observed, List<FieldChange> changes, State state) {
        if (!Ownership.compare("tags", observed.tags(), wanted).isEmpty()) {
            put(observed.group(), observed.tags());
            return;
        }
        List<String> stale = stale(observed);
        List<Tag> tags = asTags(observed.group(), observed.tags()).stream()
                .filter(tag -> stale.contains(tag.key()))
                .limit(ONE_CALL)
                .toList();
        context.call("autoscaling:DeleteTags", () -> context.autoScaling().deleteTags(r -> r.tags(tags)));
    }

    @Override
    public void delete(ObservedAsgTags observed, State state) {
        List<Tag> tags = asTags(observed.group(), observed.tags()).stream()
                .filter(tag -> tag.key().startsWith(PREFIX))
                .limit(ONE_CALL)
                .toList();
        context.delete("autoscaling:DeleteTags", () -> context.autoScaling().deleteTags(r -> r.tags(tags)));
    }
}
