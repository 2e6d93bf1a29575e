// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.addon;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.aws.internal.Tags;
import io.osmo.backend.aws.internal.cluster.EksCluster;
import io.osmo.backend.aws.internal.cluster.Prerequisites;
import io.osmo.backend.aws.internal.identity.IamRole;
import io.osmo.backend.aws.internal.identity.RoleKind;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;

/** Gives the pods of one service account a role (ST-2, CN-2), without an OIDC provider. */
public final class PodIdentity extends AwsResource<PodIdentityAssociation> {
    public static final String KIND = "pod-identity";

    private static final String NAMESPACE = "kube-system";
    private static final String ROLE = "roleArn";

    private final String serviceAccount;
    private final RoleKind role;

    PodIdentity(AwsContext aws, String serviceAccount, RoleKind role) {
        super(
                aws,
                id(serviceAccount),
                PodIdentityAssociation.class,
                Set.of(EksCluster.ID, IamRole.id(role)),
                Timing.quick(),
                "role of service account " + serviceAccount);
        this.serviceAccount = serviceAccount;
        this.role = role;
    }

    static ResourceId id(String serviceAccount) {
        return ResourceId.of(KIND, serviceAccount);
    }

    @Override
    public Optional<PodIdentityAssociation> read(State state) {
        return aws.find(
                        "eks:ListPodIdentityAssociations",
                        () -> aws.clients()
                                .eks()
                                .listPodIdentityAssociations(r -> r.clusterName(aws.name())
                                        .namespace(NAMESPACE)
                                        .serviceAccount(serviceAccount))
                                .associations())
                .flatMap(found -> found.stream().findFirst())
                .flatMap(summary -> describe(aws, summary.associationId()));
    }

    static Optional<PodIdentityAssociation> describe(AwsContext aws, String id) {
        return aws.find(
                "eks:DescribePodIdentityAssociation",
                () -> aws.clients()
                        .eks()
                        .describePodIdentityAssociation(
                                r -> r.clusterName(aws.name()).associationId(id))
                        .association());
    }

    @Override
    public List<FieldChange> compare(PodIdentityAssociation observed, State state) {
        List<FieldChange> changes = new ArrayList<>();
        String wanted = Prerequisites.roleArn(state, role);
        if (!wanted.equals(observed.roleArn())) {
            changes.add(FieldChange.inPlace(ROLE, observed.roleArn(), wanted));
        }
        changes.addAll(Tags.compare(observed.tags(), aws.tags().of(id())));
        return changes;
    }

    @Override
    public PodIdentityAssociation create(State state) {
        String arn = Prerequisites.roleArn(state, role);
        return aws.call(
                        "eks:CreatePodIdentityAssociation",
                        () -> aws.clients()
                                .eks()
                                .createPodIdentityAssociation(r -> r.clusterName(aws.name())
                                        .namespace(NAMESPACE)
                                        .serviceAccount(serviceAccount)
                                        .roleArn(arn)
                                        .tags(aws.tags().of(id()))))
                .association();
    }

    @Override
    public void update(PodIdentityAssociation observed, List<FieldChange> changes, State state) {
        if (changes.get(0).field().equals(ROLE)) {
            aws.call(
                    "eks:UpdatePodIdentityAssociation",
                    () -> aws.clients()
                            .eks()
                            .updatePodIdentityAssociation(r -> r.clusterName(aws.name())
                                    .associationId(observed.associationId())
                                    .roleArn(Prerequisites.roleArn(state, role))));
        } else {
            aws.call(
                    "eks:TagResource",
                    () -> aws.clients()
                            .eks()
                            .tagResource(r -> r.resourceArn(observed.associationArn())
                                    .tags(aws.tags().of(id()))));
        }
    }

    @Override
    public void delete(PodIdentityAssociation observed, State state) {
        aws.delete(
                "eks:DeletePodIdentityAssociation",
                () -> aws.clients()
                        .eks()
                        .deletePodIdentityAssociation(
                                r -> r.clusterName(aws.name()).associationId(observed.associationId())));
    }
}
