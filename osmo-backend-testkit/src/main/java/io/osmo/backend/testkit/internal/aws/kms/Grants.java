// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.kms;

import io.osmo.backend.testkit.internal.Page;
import software.amazon.awssdk.services.kms.model.*;

/** Grants of keys. */
final class Grants {
    private final Kms kms;

    Grants(Kms kms) {
        this.kms = kms;
    }

    CreateGrantResponse createGrant(CreateGrantRequest r) {
        StoredKey key = kms.usable(r.keyId());
        String id = kms.account.hex(64);
        key.grants.add(GrantListEntry.builder()
                .keyId(key.metadata.arn())
                .grantId(id)
                .granteePrincipal(r.granteePrincipal())
                .operationsWithStrings(r.operationsAsStrings())
                .creationDate(kms.account.now())
                .build());
        return CreateGrantResponse.builder().grantId(id).grantToken(id).build();
    }

    ListGrantsResponse listGrants(ListGrantsRequest r) {
        Page<GrantListEntry> page = Page.of(kms.get(r.keyId()).grants, r.limit(), r.marker(), kms.account.pageSize());
        return ListGrantsResponse.builder()
                .grants(page.items())
                .truncated(page.truncated())
                .nextMarker(page.next())
                .build();
    }
}
