// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.addon;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.EksResource;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;

/** Gives the pods of one service account a role (ST-2, CN-2), without an OIDC provider. */
public final class PodIdentity extends EksResource<PodIdentityAssociation> implements Resource<PodIdentityAssociation> {
    static final String KIND = "pod-identity";

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(KIND)
            .read("eks:ListPodIdentityAssociations", "eks:DescribePodIdentityAssociation")
            .create("eks:CreatePodIdentityAssociation", "eks:TagResource", "iam:PassRole", "iam:GetRole")
            .update("eks:UpdatePodIdentityAssociation", "iam:PassRole", "iam:GetRole", "eks:TagResource")
            .delete("eks:DeletePodIdentityAssociation");

    static final String NAMESPACE = "kube-system";

    private static final String ROLE = "roleArn";

    private final String serviceAccount;
    private final RoleKind role;

    /** One that exists. */
    PodIdentity(AwsContext context, String serviceAccount, RoleKind role) {
        this(context, serviceAccount, role, Set.of(Ids.CLUSTER, IamRole.id(role)));
    }

    /** @param upgraded after which the cluster is not being upgraded, as EKS refuses associations until then */
    PodIdentity(AwsContext context, String serviceAccount, RoleKind role, ResourceId upgraded) {
        this(context, serviceAccount, role, with(Set.of(Ids.CLUSTER, IamRole.id(role)), upgraded));
    }

    private PodIdentity(AwsContext context, String serviceAccount, RoleKind role, Set<ResourceId> after) {
        super(
                context,
                id(serviceAccount),
                PodIdentityAssociation.class,
                after,
                Timing.quick(),
                "role of service account " + serviceAccount);
        this.serviceAccount = serviceAccount;
        this.role = role;
    }

    private static Set<ResourceId> with(Set<ResourceId> after, ResourceId one) {
        Set<ResourceId> all = new HashSet<>(after);
        all.add(one);
        return all;
    }

    static ResourceId id(String serviceAccount) {
        return ResourceId.of(KIND, serviceAccount);
    }

    @Override
    public boolean neededByControllers() {
        return true;
    }

    @Override
    public Optional<PodIdentityAssociation> read(State state) {
        return context.find(
                        "eks:ListPodIdentityAssociations",
                        () -> context.eks()
                                .listPodIdentityAssociations(r -> r.clusterName(context.name())
                                        .namespace(NAMESPACE)
                                        .serviceAccount(serviceAccount))
                                .associations())
                .flatMap(found -> found.stream().findFirst())
                .flatMap(summary -> describe(context, summary.associationId()));
    }

    static Optional<PodIdentityAssociation> describe(AwsContext context, String id) {
        return context.find(
                "eks:DescribePodIdentityAssociation",
                () -> context.eks()
                        .describePodIdentityAssociation(
                                r -> r.clusterName(context.name()).associationId(id))
                        .association());
    }

    @Override
    public List<FieldChange> compare(PodIdentityAssociation observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        String wanted = IamRole.arn(state, role);
        if (!wanted.equals(observed.roleArn())) {
            changes.add(FieldChange.inPlace(ROLE, observed.roleArn(), wanted));
        }
        changes.addAll(compareTags(observed.tags()));
        return changes;
    }

    @Override
    public PodIdentityAssociation create(State state) {
        String arn = IamRole.arn(state, role);
        return context.call(
                        "eks:CreatePodIdentityAssociation",
                        () -> context.eks()
                                .createPodIdentityAssociation(r -> r.clusterName(context.name())
                                        .namespace(NAMESPACE)
                                        .serviceAccount(serviceAccount)
                                        .roleArn(arn)
                                        .tags(tags())))
                .association();
    }

    @Override
    public void update(PodIdentityAssociation observed, List<FieldChange> changes, State state) {
        if (changes.get(0).field().equals(ROLE)) {
            String arn = IamRole.arn(state, role);
            context.call(
                    "eks:UpdatePodIdentityAssociation",
                    () -> context.eks()
                            .updatePodIdentityAssociation(r -> r.clusterName(context.name())
                                    .associationId(observed.associationId())
                                    .roleArn(arn)));
        } else {
            tag(observed.associationArn());
        }
    }

    @Override
    public void delete(PodIdentityAssociation observed, State state) {
        context.delete(
                "eks:DeletePodIdentityAssociation",
                () -> context.eks()
                        .deletePodIdentityAssociation(
                                r -> r.clusterName(context.name()).associationId(observed.associationId())));
    }
}
