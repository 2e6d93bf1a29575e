// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.Page;
import software.amazon.awssdk.services.eks.model.CreateFargateProfileRequest;
import software.amazon.awssdk.services.eks.model.CreateFargateProfileResponse;
import software.amazon.awssdk.services.eks.model.DeleteFargateProfileRequest;
import software.amazon.awssdk.services.eks.model.DeleteFargateProfileResponse;
import software.amazon.awssdk.services.eks.model.DescribeFargateProfileRequest;
import software.amazon.awssdk.services.eks.model.DescribeFargateProfileResponse;
import software.amazon.awssdk.services.eks.model.FargateProfile;
import software.amazon.awssdk.services.eks.model.FargateProfileStatus;
import software.amazon.awssdk.services.eks.model.ListFargateProfilesRequest;
import software.amazon.awssdk.services.eks.model.ListFargateProfilesResponse;

/** Fargate profiles, which the AWS provider never creates: they prevent the deletion of a cluster. Active and deleted immediately. */
final class FargateProfiles {
    private final Eks eks;

    FargateProfiles(Eks eks) {
        this.eks = eks;
    }

    CreateFargateProfileResponse createFargateProfile(CreateFargateProfileRequest r) {
        eks.requireActive(r.clusterName());
        String key = r.clusterName() + "/" + r.fargateProfileName();
        if (eks.fargateProfiles.has(key)) {
            throw EksErrors.inUse("Fargate Profile already exists with this name: " + r.fargateProfileName());
        }
        FargateProfile profile = eks.fargateProfiles.put(
                key,
                FargateProfile.builder()
                        .clusterName(r.clusterName())
                        .fargateProfileName(r.fargateProfileName())
                        .fargateProfileArn(eks.arn("eks", "fargateprofile/" + key + "/" + eks.account.uuid()))
                        .podExecutionRoleArn(r.podExecutionRoleArn())
                        .subnets(r.subnets())
                        .selectors(r.selectors())
                        .status(FargateProfileStatus.ACTIVE)
                        .createdAt(eks.account.now())
                        .tags(EksTags.checked(r.tags()))
                        .build());
        return CreateFargateProfileResponse.builder().fargateProfile(profile).build();
    }

    DescribeFargateProfileResponse describeFargateProfile(DescribeFargateProfileRequest r) {
        eks.clusters.get(r.clusterName());
        return DescribeFargateProfileResponse.builder()
                .fargateProfile(eks.fargateProfiles.get(r.clusterName() + "/" + r.fargateProfileName()))
                .build();
    }

    ListFargateProfilesResponse listFargateProfiles(ListFargateProfilesRequest r) {
        eks.clusters.get(r.clusterName());
        Page<String> page = Page.of(
                eks.fargateProfiles
                        .where(p -> p.clusterName().equals(r.clusterName()))
                        .map(FargateProfile::fargateProfileName)
                        .toList(),
                r.maxResults(),
                r.nextToken(),
                eks.account.pageSize());
        return ListFargateProfilesResponse.builder()
                .fargateProfileNames(page.items())
                .nextToken(page.next())
                .build();
    }

    DeleteFargateProfileResponse deleteFargateProfile(DeleteFargateProfileRequest r) {
        String key = r.clusterName() + "/" + r.fargateProfileName();
        FargateProfile profile = eks.fargateProfiles.get(key);
        eks.fargateProfiles.remove(key);
        return DeleteFargateProfileResponse.builder().fargateProfile(profile).build();
    }
}
