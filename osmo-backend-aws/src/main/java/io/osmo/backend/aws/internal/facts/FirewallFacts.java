// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.facts;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.cluster.CloudFacts.Firewalls;
import io.osmo.backend.cluster.Fact;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * Security groups of the nodes that carry the cluster's tag. Kubernetes' own load balancers are not made when a node has more
 * than one of them, see <a href="https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html">security groups</a>.
 */
final class FirewallFacts {
    private FirewallFacts() {}

    static CompletableFuture<Fact<List<Firewalls>>> read(
            AwsContext aws, CompletableFuture<Fact<List<Instance>>> instances) {
        String tag = "kubernetes.io/cluster/" + aws.name();
        CompletableFuture<Fact<Set<String>>> tagged = Facts.of(aws.async(
                "ec2:DescribeSecurityGroups",
                () -> aws
                        .clients()
                        .ec2()
                        .describeSecurityGroupsPaginator(
                                r -> r.filters(f -> f.name("tag-key").values(tag)))
                        .securityGroups()
                        .stream()
                        .map(SecurityGroup::groupId)
                        .collect(Collectors.toSet())));
        return tagged.thenCombine(
                instances,
                (groups, all) -> Facts.both(
                        groups,
                        all,
                        (ids, machines) -> machines.stream()
                                .filter(machine -> machine.tags().stream()
                                        .anyMatch(t -> t.key().equals(tag)))
                                .map(machine -> firewalls(machine, ids))
                                .toList()));
    }

    private static Firewalls firewalls(Instance machine, Set<String> tagged) {
        return new Firewalls(
                machine.instanceId(),
                machine.securityGroups().stream()
                        .map(GroupIdentifier::groupId)
                        .filter(tagged::contains)
                        .sorted()
                        .toList());
    }
}
