// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Caller;
import io.osmo.backend.aws.internal.EksResource;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
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
public final class AdminAccess extends EksResource<ObservedAccess> implements Resource<ObservedAccess> {
    static final String KIND = "access-entry";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("eks:DescribeAccessEntry", "eks:ListAssociatedAccessPolicies")
            .create("eks:CreateAccessEntry", "eks:TagResource")
            .update("eks:AssociateAccessPolicy", "eks:TagResource")
            .delete("eks:DeleteAccessEntry");

    private static final String POLICY = "accessPolicy";

    private final String principal;

    /** One that exists. */
    AdminAccess(AwsContext context, String principal) {
        this(context, principal, Set.of(Ids.CLUSTER));
    }

    /** @param after the cluster and its upgrades, during which EKS refuses entries */
    AdminAccess(AwsContext context, String principal, Set<ResourceId> after) {
        super(context, id(principal), ObservedAccess.class, after, Timing.quick(), "administrator " + principal);
        this.principal = principal;
    }

    static ResourceId id(String principal) {
        return ResourceId.of(KIND, principal);
    }

    /** ARN of the policy that grants everything, in the partition of the principal. */
    private String policy() {
        return "arn:" + principal.split(":", -1)[1] + ":eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
    }

    /** Whether it admits the role or user that calls; sessions of a role have its name, but not its path. */
    boolean admits(Caller caller) {
        String role = principal.substring(principal.lastIndexOf('/') + 1);
        String called = caller.arn();
        return principal.equals(called)
                || principal.contains("::" + caller.account() + ":role/")
                        && called.contains(":assumed-role/" + role + "/");
    }

    @Override
    public boolean neededByControllers() {
        return true;
    }

    @Override
    public Optional<ObservedAccess> read(State state) {
        return find(context, principal).map(entry -> new ObservedAccess(entry, policies(context, principal)));
    }

    static Optional<AccessEntry> find(AwsContext context, String principal) {
        return context.find(
                "eks:DescribeAccessEntry",
                () -> context.eks()
                        .describeAccessEntry(r -> r.clusterName(context.name()).principalArn(principal))
                        .accessEntry());
    }

    /** ARNs of the policies that hold for the whole cluster. */
    static Set<String> policies(AwsContext context, String principal) {
        return context.find(
                        "eks:ListAssociatedAccessPolicies",
                        () -> context
                                .eks()
                                .listAssociatedAccessPoliciesPaginator(
                                        r -> r.clusterName(context.name()).principalArn(principal))
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
        if (!observed.policies().contains(policy())) {
            changes.add(FieldChange.inPlace(POLICY, observed.policies(), policy()));
        }
        // An entry that others have created, such as EKS's for the creator of the cluster, is not changed.
        if (isOurs(context, principal, observed.entry())) {
            changes.addAll(compareTags(observed.entry().tags()));
        }
        return changes;
    }

    /**
     * Whether an entry is the backend's: by its tags, or if some of them are lost, by the one that only this library gives it.
     */
    static boolean isOurs(AwsContext context, String principal, AccessEntry entry) {
        return context.ownership().owns(entry.tags())
                || id(principal).toString().equals(entry.tags().get(Ownership.RESOURCE));
    }

    @Override
    public ObservedAccess create(State state) {
        AccessEntry made = context.call(
                "eks:CreateAccessEntry",
                () -> context.eks()
                        .createAccessEntry(r -> r.clusterName(context.name())
                                .principalArn(principal)
                                .tags(tags()))
                        .accessEntry());
        return new ObservedAccess(made, Set.of());
    }

    @Override
    public void update(ObservedAccess observed, List<FieldChange> changes, State state) {
        if (changes.get(0).field().equals(POLICY)) {
            context.call(
                    "eks:AssociateAccessPolicy",
                    () -> context.eks()
                            .associateAccessPolicy(r -> r.clusterName(context.name())
                                    .principalArn(principal)
                                    .policyArn(policy())
                                    .accessScope(scope -> scope.type(AccessScopeType.CLUSTER))));
        } else {
            tag(observed.entry().accessEntryArn());
        }
    }

    @Override
    public void delete(ObservedAccess observed, State state) {
        context.delete(
                "eks:DeleteAccessEntry",
                () -> context.eks()
                        .deleteAccessEntry(r -> r.clusterName(context.name()).principalArn(principal)));
    }
}
