// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.backup;

import io.osmo.backend.testkit.internal.aws.TagRules;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.backup.model.*;

/** Tags, and what the service supports in the region. */
final class BackupSettings {
    private final Backup backup;

    BackupSettings(Backup backup) {
        this.backup = backup;
    }

    TagResourceResponse tagResource(TagResourceRequest r) {
        Map<String, String> held = backup.tagsOf(r.resourceArn());
        Map<String, String> all = new TreeMap<>(held);
        all.putAll(r.tags());
        held.putAll(checked(r.tags(), all));
        return TagResourceResponse.builder().build();
    }

    /** Checks the tags of a request that creates something. */
    static Map<String, String> checked(Map<String, String> tags) {
        return checked(tags, tags);
    }

    private static Map<String, String> checked(Map<String, String> added, Map<String, String> all) {
        TagRules.check(
                added,
                all,
                message -> Backup.refuse(
                        InvalidParameterValueException.builder(), "InvalidParameterValueException", message),
                message -> Backup.refuse(LimitExceededException.builder(), "LimitExceededException", message));
        return added;
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
