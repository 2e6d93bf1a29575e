// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.diagnosis;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.provider.Facts;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.eks.model.AutoScalingGroup;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * What EKS, EC2 Auto Scaling and the console of an instance say about a pool.
 *
 * @param activities what was read of scaling activities; unknown when they may not be read
 * @param console what the console says; unknown when it may not be read
 */
record Statements(List<Statement> all, Fact<List<Optional<Statement>>> activities, Fact<Optional<Statement>> console) {
    /** Lines at the end of a console that are shown. */
    private static final int CONSOLE_LINES = 5;

    /**
     * @param instances those of the groups that are starting or running
     * @param waiting those of them that are no nodes; the console of one of them is read
     */
    static CompletableFuture<Statements> read(
            AwsContext context, List<Nodegroup> groups, Fact<List<Instance>> instances, List<Instance> waiting) {
        CompletableFuture<List<Optional<Statement>>> activities = Futures.all(groups.stream()
                .filter(group -> !hasAll(group, instances))
                .flatMap(group -> group.resources() == null
                        ? Stream.<AutoScalingGroup>empty()
                        : group.resources().autoScalingGroups().stream())
                .map(group -> activity(context, group.name()))
                .toList());
        CompletableFuture<Fact<Optional<Statement>>> console = waiting.stream()
                .findFirst()
                .map(instance -> Facts.of(console(context, instance.instanceId())))
                .orElseGet(() -> CompletableFuture.completedFuture(Fact.of(Optional.empty())));
        return Facts.of(activities).thenCombine(console, (failed, text) -> of(groups, failed, text));
    }

    private static Statements of(
            List<Nodegroup> groups, Fact<List<Optional<Statement>>> activities, Fact<Optional<Statement>> console) {
        List<Statement> said = new ArrayList<>(issues(groups));
        activities.known().stream()
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .filter(each -> said.stream().noneMatch(other -> other.text().equals(each.text())))
                .forEach(said::add);
        console.known().flatMap(text -> text).ifPresent(said::add);
        return new Statements(List.copyOf(said), activities, console);
    }

    private static List<Statement> issues(List<Nodegroup> groups) {
        return groups.stream()
                .filter(group -> group.health() != null)
                .flatMap(group -> group.health().issues().stream())
                .map(issue -> new Statement("EKS", issue.codeAsString(), String.valueOf(issue.message())))
                .toList();
    }

    /** Whether a group is known to have the instances that it asks for: then no failure to launch one keeps nodes away any more. */
    private static boolean hasAll(Nodegroup group, Fact<List<Instance>> instances) {
        return instances
                .known()
                .filter(all ->
                        all.stream().filter(instance -> isOf(group, instance)).count()
                                >= group.scalingConfig().desiredSize())
                .isPresent();
    }

    private static boolean isOf(Nodegroup group, Instance instance) {
        return instance.tags().stream()
                .anyMatch(tag -> tag.key().equals(AwsEvidenceReader.GROUP_TAG)
                        && tag.value().equals(group.nodegroupName()));
    }

    /** The newest activity, if it is a failure: an older one is over. */
    private static CompletableFuture<Optional<Statement>> activity(AwsContext context, String group) {
        return context.findAsync(
                        "autoscaling:DescribeScalingActivities",
                        () -> context.autoScaling()
                                .describeScalingActivities(
                                        r -> r.autoScalingGroupName(group).maxRecords(1))
                                .activities())
                .thenApply(found -> found.stream()
                        .flatMap(List::stream)
                        .findFirst()
                        .filter(activity -> activity.statusCode() == ScalingActivityStatusCode.FAILED)
                        .map(Statements::failed));
    }

    private static Statement failed(Activity activity) {
        return new Statement(
                "scaling activity of " + activity.startTime(), "", String.valueOf(activity.statusMessage()));
    }

    private static CompletableFuture<Optional<Statement>> console(AwsContext context, String instance) {
        return context.async(
                "ec2:GetConsoleOutput",
                () -> Optional.ofNullable(context.ec2()
                                .getConsoleOutput(r -> r.instanceId(instance))
                                .output())
                        .map(text -> new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8))
                        .filter(text -> !text.isBlank())
                        .map(text -> new Statement("console of " + instance, "", lastLines(text))));
    }

    private static String lastLines(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - CONSOLE_LINES), lines.size()));
    }
}
