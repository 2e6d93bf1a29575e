// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.Page;
import java.util.List;
import software.amazon.awssdk.services.eks.model.*;

/** Pod identity associations. */
final class PodIdentities {
    private final Eks eks;

    PodIdentities(Eks eks) {
        this.eks = eks;
    }

    CreatePodIdentityAssociationResponse createPodIdentityAssociation(CreatePodIdentityAssociationRequest r) {
        return eks.account.once(r, r.clientRequestToken(), () -> {
            eks.requireActive(r.clusterName());
            if (!eks.iam.isAssumable(r.roleArn(), "pods.eks.amazonaws.com")) {
                throw EksErrors.invalidParameter("Trust policy of role " + r.roleArn()
                        + " does not allow pods.eks.amazonaws.com, or the role does not" + " exist");
            }
            if (eks.podIdentities.any(p -> p.clusterName().equals(r.clusterName())
                    && p.namespace().equals(r.namespace())
                    && p.serviceAccount().equals(r.serviceAccount()))) {
                throw EksErrors.inUse("Association already exists for service account " + r.serviceAccount()
                        + " in namespace " + r.namespace());
            }
            String id = "a-" + eks.account.hex(17);
            PodIdentityAssociation association = PodIdentityAssociation.builder()
                    .clusterName(r.clusterName())
                    .namespace(r.namespace())
                    .serviceAccount(r.serviceAccount())
                    .roleArn(r.roleArn())
                    .associationId(id)
                    .associationArn(eks.arn("eks", "podidentityassociation/" + r.clusterName() + "/" + id))
                    .createdAt(eks.account.now())
                    .modifiedAt(eks.account.now())
                    .disableSessionTags(Boolean.TRUE.equals(r.disableSessionTags()))
                    .tags(EksTags.checked(r.tags()))
                    .build();
            eks.podIdentities.put(r.clusterName() + "/" + id, association);
            return CreatePodIdentityAssociationResponse.builder()
                    .association(association)
                    .build();
        });
    }

    DescribePodIdentityAssociationResponse describePodIdentityAssociation(DescribePodIdentityAssociationRequest r) {
        eks.clusters.get(r.clusterName());
        return DescribePodIdentityAssociationResponse.builder()
                .association(eks.podIdentities.get(r.clusterName() + "/" + r.associationId()))
                .build();
    }

    ListPodIdentityAssociationsResponse listPodIdentityAssociations(ListPodIdentityAssociationsRequest r) {
        eks.clusters.get(r.clusterName());
        List<PodIdentityAssociationSummary> found = eks.podIdentities
                .where(p -> p.clusterName().equals(r.clusterName())
                        && (r.namespace() == null || r.namespace().equals(p.namespace()))
                        && (r.serviceAccount() == null || r.serviceAccount().equals(p.serviceAccount())))
                .map(p -> PodIdentityAssociationSummary.builder()
                        .clusterName(p.clusterName())
                        .namespace(p.namespace())
                        .serviceAccount(p.serviceAccount())
                        .associationArn(p.associationArn())
                        .associationId(p.associationId())
                        .ownerArn(p.ownerArn())
                        .build())
                .toList();
        Page<PodIdentityAssociationSummary> page =
                Page.of(found, r.maxResults(), r.nextToken(), eks.account.pageSize());
        return ListPodIdentityAssociationsResponse.builder()
                .associations(page.items())
                .nextToken(page.next())
                .build();
    }

    UpdatePodIdentityAssociationResponse updatePodIdentityAssociation(UpdatePodIdentityAssociationRequest r) {
        String key = r.clusterName() + "/" + r.associationId();
        return UpdatePodIdentityAssociationResponse.builder()
                .association(eks.podIdentities.update(
                        key,
                        p -> p.toBuilder()
                                .roleArn(r.roleArn() == null ? p.roleArn() : r.roleArn())
                                .modifiedAt(eks.account.now())
                                .build()))
                .build();
    }

    DeletePodIdentityAssociationResponse deletePodIdentityAssociation(DeletePodIdentityAssociationRequest r) {
        String key = r.clusterName() + "/" + r.associationId();
        eks.clusters.get(r.clusterName());
        PodIdentityAssociation removed = eks.podIdentities.get(key);
        eks.podIdentities.remove(key);
        return DeletePodIdentityAssociationResponse.builder()
                .association(removed)
                .build();
    }
}
