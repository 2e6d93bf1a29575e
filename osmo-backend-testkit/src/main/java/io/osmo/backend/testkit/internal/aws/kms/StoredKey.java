// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.kms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.kms.model.GrantListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** A key with its policy and tags. */
final class StoredKey {
    KeyMetadata metadata;
    String policy;
    boolean rotation;
    final Map<String, String> tags = new TreeMap<>();
    final List<GrantListEntry> grants = new ArrayList<>();

    StoredKey(KeyMetadata metadata, String policy) {
        this.metadata = metadata;
        this.policy = policy;
    }
}
