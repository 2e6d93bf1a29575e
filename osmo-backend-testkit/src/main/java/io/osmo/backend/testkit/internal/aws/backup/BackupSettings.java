// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.backup;

import java.util.Map;
import software.amazon.awssdk.services.backup.model.*;

/** Tags, and what the service supports in the region. */
final class BackupSettings {
    private final Backup backup;

    BackupSettings(Backup backup) {
        this.backup = backup;
    }

    TagResourceResponse tagResource(TagResourceRequest r) {
        backup.tagsOf(r.resourceArn()).putAll(r.tags());
        return TagResourceResponse.builder().build();
    }

    UntagResourceResponse untagResource(UntagResourceRequest r) {
        backup.tagsOf(r.resourceArn()).keySet().removeAll(r.tagKeyList());
        return UntagResourceResponse.builder().build();
    }

    ListTagsResponse listTags(ListTagsRequest r) {
        return ListTagsResponse.builder().tags(backup.tagsOf(r.resourceArn())).build();
    }

    GetSupportedResourceTypesResponse getSupportedResourceTypes(GetSupportedResourceTypesRequest r) {
        return GetSupportedResourceTypesResponse.builder()
                .resourceTypes("EBS", "EC2", "EFS", "EKS", "S3")
                .build();
    }

    DescribeRegionSettingsResponse describeRegionSettings(DescribeRegionSettingsRequest r) {
        return DescribeRegionSettingsResponse.builder()
                .resourceTypeOptInPreference(Map.of("EBS", true, "EC2", true, "EKS", true))
                .build();
    }
}
