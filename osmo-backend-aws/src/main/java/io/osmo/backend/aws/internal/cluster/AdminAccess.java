// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eks.model.AccessEntry;
import software.amazon.awssdk.services.eks.model.AccessScopeType;

/**
 * Makes one principal an administrator of the cluster.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html">EKS: access entries</a>
 */
public final class AdminAccess extends AwsResource<ObservedAccess> {
    public static final String KIND = "access-entry";

    private static final String POLICY = "accessPolicy";

    private final String principal;

    AdminAccess(AwsContext aws, String principal) {
        super(
                aws,
                id(principal),
                ObservedAccess.class,
                Set.of(EksCluster.ID),
                Timing.quick(),
                "administrator " + principal);
        this.principal = principal;
    }

    static ResourceId id(String principal) {
        return ResourceId.of(KIND, principal);
    }

    /** ARN of the policy that grants everything; in the partition of the principal. */
    static String policyFor(String principal) {
        return "arn:" + principal.split(":", -1)[1] + ":eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
    }

    @Override
    public Optional<ObservedAccess> read(State state) {
        return find(aws, principal).map(entry -> new ObservedAccess(entry, policies(aws, principal)));
    }

    static Optional<AccessEntry> find(AwsContext aws, String principal) {
        return aws.find(
                "eks:DescribeAccessEntry",
                () -> aws.clients()
                        .eks()
                        .describeAccessEntry(r -> r.clusterName(aws.name()).principalArn(principal))
                        .accessEntry());
    }

    /** ARNs of the policies that hold for the whole cluster. */
    static Set<String> policies(AwsContext aws, String principal) {
        return aws.find(
                        "eks:ListAssociatedAccessPolicies",
                        () -> aws
                                .clients()
                                .eks()
                                .listAssociatedAccessPoliciesPaginator(
                                        r -> r.clusterName(aws.name()).principalArn(principal))
                                .stream()
                                .flatMap(page -> page.associatedAccessPolicies().stream())
                                .filter(policy -> policy.accessScope().type() == AccessScopeType.CLUSTER)
                                .map(policy -> policy.policyArn())
                                .collect(Collectors.toSet()))
                .orElseGet(Set::of);
    }

    @Override
    public List<FieldChange> compare(ObservedAccess observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        if (!observed.policies().contains(policyFor(principal))) {
            changes.add(FieldChange.inPlace(POLICY, observed.policies(), policyFor(principal)));
        }
        changes.addAll(Tags.compare(observed.entry().tags(), aws.tags().of(id())));
        return changes;
    }

    @Override
    public ObservedAccess create(State state) {
        AccessEntry made = aws.call(
                        "eks:CreateAccessEntry",
                        () -> aws.clients()
                                .eks()
                                .createAccessEntry(r -> r.clusterName(aws.name())
                                        .principalArn(principal)
                                        .tags(aws.tags().of(id()))))
                .accessEntry();
        return new ObservedAccess(made, Set.of());
    }

    @Override
    public void update(ObservedAccess observed, List<FieldChange> changes, State state) {
        if (changes.get(0).field().equals(POLICY)) {
            aws.call(
                    "eks:AssociateAccessPolicy",
                    () -> aws.clients()
                            .eks()
                            .associateAccessPolicy(r -> r.clusterName(aws.name())
                                    .principalArn(principal)
                                    .policyArn(policyFor(principal))
                                    .accessScope(scope -> scope.type(AccessScopeType.CLUSTER))));
        } else {
            aws.call(
                    "eks:TagResource",
                    () -> aws.clients()
                            .eks()
                            .tagResource(r -> r.resourceArn(observed.entry().accessEntryArn())
                                    .tags(aws.tags().of(id()))));
        }
    }

    @Override
    public void delete(ObservedAccess observed, State state) {
        aws.delete(
                "eks:DeleteAccessEntry",
                () -> aws.clients()
                        .eks()
                        .deleteAccessEntry(r -> r.clusterName(aws.name()).principalArn(principal)));
    }
}
