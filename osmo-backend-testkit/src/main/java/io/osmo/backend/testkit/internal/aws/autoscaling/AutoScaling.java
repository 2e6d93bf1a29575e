// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.autoscaling;

import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.Table;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import io.osmo.backend.testkit.internal.aws.AwsService;
import io.osmo.backend.testkit.internal.aws.TagRules;
import io.osmo.backend.testkit.internal.aws.ec2.Ec2;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.autoscaling.model.*;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Auto Scaling groups, which only EKS creates here, and their tags. */
public final class AutoScaling extends AwsService {
    /** Tag by which an instance names its group. */
    public static final String GROUP_TAG = "aws:autoscaling:groupName";

    /** Activities that are kept of each group. */
    private static final int KEPT = 20;

    private static final int TAGS_PER_CALL = 25;

    private final Table<AutoScalingGroup> groups = new Table<>(id -> AwsErrors.of(
            "autoscaling",
            400,
            "ValidationError",
            "AutoScalingGroup name not found - AutoScalingGroup '" + id + "' not found"));
    /** Activities by group, oldest first. */
    private final Map<String, List<Activity>> activities = new HashMap<>();

    private final Ec2 ec2;

    public AutoScaling(Ec2 ec2) {
        super(ec2.account, ec2.region);
        this.ec2 = ec2;
    }

    @Override
    public List<Object> operations() {
        return List.of(this);
    }

    /** The instances of a group, oldest first. */
    public List<software.amazon.awssdk.services.ec2.model.Instance> instances(String group) {
        return ec2.instances
                .where(i -> group.equals(ec2.tags.all(i.instanceId()).get(GROUP_TAG)))
                .toList();
    }

    @Override
    public List<String> inventory() {
        return groups.all().stream()
                .map(a -> "auto-scaling-group " + a.minSize() + "-" + a.maxSize() + " tags "
                        + a.tags().size())
                .toList();
    }

    /**
     * Creates a group in the zones of these subnets.
     *
     * @param tags tags that its instances get too
     */
    public void create(
            String name, List<Subnet> subnets, int minSize, int maxSize, int desiredSize, Map<String, String> tags) {
        groups.put(
                name,
                AutoScalingGroup.builder()
                        .autoScalingGroupName(name)
                        .autoScalingGroupARN(arn(
                                "autoscaling", "autoScalingGroup:" + account.uuid() + ":autoScalingGroupName/" + name))
                        .createdTime(account.now())
                        .availabilityZones(subnets.stream()
                                .map(Subnet::availabilityZone)
                                .distinct()
                                .toList())
                        .vpcZoneIdentifier(
                                subnets.stream().map(Subnet::subnetId).collect(Collectors.joining(",")))
                        .minSize(minSize)
                        .maxSize(maxSize)
                        .desiredCapacity(desiredSize)
                        .defaultCooldown(300)
                        .healthCheckType("EC2")
                        .healthCheckGracePeriod(15)
                        .tags(tags.entrySet().stream()
                                .map(t -> tag(name, t.getKey(), t.getValue(), true))
                                .toList())
                        .build());
    }

    public void resize(String name, int minSize, int maxSize, int desiredSize) {
        groups.update(
                name,
                g -> g.toBuilder()
                        .minSize(minSize)
                        .maxSize(maxSize)
                        .desiredCapacity(desiredSize)
                        .build());
    }

    /** Notes that a group could not launch an instance, newest last. */
    public void launchFailed(String group, String message) {
        activity(group, ScalingActivityStatusCode.FAILED, message);
    }

    /** Notes that a group has launched an instance. */
    public void launched(String group, String instance) {
        activity(group, ScalingActivityStatusCode.SUCCESSFUL, "Launching a new EC2 instance: " + instance);
    }

    private void activity(String group, ScalingActivityStatusCode status, String message) {
        boolean failed = status == ScalingActivityStatusCode.FAILED;
        List<Activity> of = activities.computeIfAbsent(group, name -> new ArrayList<>());
        of.add(Activity.builder()
                .activityId(account.uuid())
                .autoScalingGroupName(group)
                .startTime(account.now())
                .endTime(account.now())
                .statusCode(status)
                .cause("an instance was started in response to a difference between desired and actual capacity")
                .description(failed ? "Launching a new EC2 instance.  Status Reason: " + message : message)
                .statusMessage(failed ? message : null)
                .progress(100)
                .build());
        if (of.size() > KEPT) {
            of.remove(0);
        }
    }

    DescribeScalingActivitiesResponse describeScalingActivities(DescribeScalingActivitiesRequest r) {
        List<Activity> newestFirst = new ArrayList<>(
                activities.getOrDefault(groups.get(r.autoScalingGroupName()).autoScalingGroupName(), List.of()));
        Collections.reverse(newestFirst);
        Page<Activity> page = Page.of(newestFirst, r.maxRecords(), r.nextToken(), account.pageSize());
        return DescribeScalingActivitiesResponse.builder()
                .activities(page.items())
                .nextToken(page.next())
                .build();
    }

    public void delete(String name) {
        activities.remove(name);
        groups.remove(name);
    }

    private static TagDescription tag(String group, String key, String value, boolean propagate) {
        return TagDescription.builder()
                .resourceId(group)
                .resourceType("auto-scaling-group")
                .key(key)
                .value(value)
                .propagateAtLaunch(propagate)
                .build();
    }

    DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest r) {
        List<AutoScalingGroup> found = groups.where(
                        g -> r.autoScalingGroupNames().isEmpty()
                                || r.autoScalingGroupNames().contains(g.autoScalingGroupName()))
                .filter(g -> r.filters().stream().allMatch(f -> matches(g, f)))
                .map(this::described)
                .toList();
        Page<AutoScalingGroup> page = Page.of(found, r.maxRecords(), r.nextToken(), account.pageSize());
        return DescribeAutoScalingGroupsResponse.builder()
                .autoScalingGroups(page.items())
                .nextToken(page.next())
                .build();
    }

    CreateOrUpdateTagsResponse createOrUpdateTags(CreateOrUpdateTagsRequest r) {
        r.tags().forEach(tag -> groups.get(tag.resourceId()));
        checkTags(r.tags());
        for (Tag tag : r.tags()) {
            groups.update(tag.resourceId(), g -> {
                List<TagDescription> tags = without(g, tag.key());
                tags.add(tag(
                        tag.resourceId(),
                        tag.key(),
                        tag.value() == null ? "" : tag.value(),
                        Boolean.TRUE.equals(tag.propagateAtLaunch())));
                return g.toBuilder().tags(tags).build();
            });
        }
        return CreateOrUpdateTagsResponse.builder().build();
    }

    /** Up to 25 tags a call, and the limits of all services. */
    private void checkTags(List<Tag> tags) {
        if (tags.size() > TAGS_PER_CALL) {
            throw AwsErrors.of(
                    "autoscaling", 400, "ValidationError", "The number of tags in one call exceeds " + TAGS_PER_CALL);
        }
        tags.stream().collect(Collectors.groupingBy(Tag::resourceId)).forEach((group, ofGroup) -> {
            Map<String, String> added = new TreeMap<>();
            ofGroup.forEach(tag -> added.put(tag.key(), tag.value() == null ? "" : tag.value()));
            Map<String, String> all = new TreeMap<>(added);
            groups.get(group).tags().forEach(tag -> all.putIfAbsent(tag.key(), tag.value()));
            TagRules.check(
                    added,
                    all,
                    message -> AwsErrors.of("autoscaling", 400, "ValidationError", message),
                    message -> AwsErrors.of("autoscaling", 400, "LimitExceeded", message));
        });
    }

    DeleteTagsResponse deleteTags(DeleteTagsRequest r) {
        if (r.tags().size() > TAGS_PER_CALL) {
            throw AwsErrors.of(
                    "autoscaling", 400, "ValidationError", "The number of tags in one call exceeds " + TAGS_PER_CALL);
        }
        for (Tag tag : r.tags()) {
            groups.update(
                    tag.resourceId(),
                    g -> g.toBuilder().tags(without(g, tag.key())).build());
        }
        return DeleteTagsResponse.builder().build();
    }

    DescribeTagsResponse describeTags(DescribeTagsRequest r) {
        List<TagDescription> found = groups.all().stream()
                .flatMap(g -> g.tags().stream())
                .filter(tag -> r.filters().stream()
                        .allMatch(f -> f.values()
                                .contains(
                                        switch (f.name()) {
                                            case "auto-scaling-group" -> tag.resourceId();
                                            case "key" -> tag.key();
                                            case "value" -> tag.value();
                                            default -> throw invalid(f.name());
                                        })))
                .toList();
        Page<TagDescription> page = Page.of(found, r.maxRecords(), r.nextToken(), account.pageSize());
        return DescribeTagsResponse.builder()
                .tags(page.items())
                .nextToken(page.next())
                .build();
    }

    private static boolean matches(AutoScalingGroup group, Filter filter) {
        if (filter.name().startsWith("tag:")) {
            String key = filter.name().substring("tag:".length());
            return group.tags().stream()
                    .anyMatch(t -> t.key().equals(key) && filter.values().contains(t.value()));
        }
        return switch (filter.name()) {
            case "tag-key" ->
                group.tags().stream().anyMatch(t -> filter.values().contains(t.key()));
            case "tag-value" ->
                group.tags().stream().anyMatch(t -> filter.values().contains(t.value()));
            default -> throw invalid(filter.name());
        };
    }

    private static List<TagDescription> without(AutoScalingGroup group, String key) {
        List<TagDescription> tags = new ArrayList<>(group.tags());
        tags.removeIf(t -> t.key().equals(key));
        return tags;
    }

    private AutoScalingGroup described(AutoScalingGroup group) {
        return group.toBuilder()
                .instances(instances(group.autoScalingGroupName()).stream()
                        .map(i -> Instance.builder()
                                .instanceId(i.instanceId())
                                .instanceType(i.instanceTypeAsString())
                                .availabilityZone(i.placement().availabilityZone())
                                .lifecycleState(LifecycleState.IN_SERVICE)
                                .healthStatus("HEALTHY")
                                .protectedFromScaleIn(false)
                                .build())
                        .toList())
                .build();
    }

    private static RuntimeException invalid(String filter) {
        return AwsErrors.of("autoscaling", 400, "ValidationError", "Filter " + filter + " is invalid");
    }
}
