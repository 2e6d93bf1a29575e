// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.kms;

import io.osmo.backend.testkit.internal.Page;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kms.model.*;

/** Aliases of keys. */
final class Aliases {
    private final Kms kms;

    Aliases(Kms kms) {
        this.kms = kms;
    }

    CreateAliasResponse createAlias(CreateAliasRequest r) {
        StoredKey key = kms.notPending(r.targetKeyId());
        if (r.aliasName().startsWith("alias/aws/") || !r.aliasName().startsWith("alias/")) {
            throw Kms.refuse(
                    InvalidAliasNameException.builder(),
                    "InvalidAliasNameException",
                    "Alias " + r.aliasName() + " is invalid");
        }
        if (kms.aliases.has(r.aliasName())) {
            throw Kms.refuse(
                    AlreadyExistsException.builder(),
                    "AlreadyExistsException",
                    "An alias with the name " + kms.arn("kms", r.aliasName()) + " already exists");
        }
        kms.aliases.put(
                r.aliasName(),
                AliasListEntry.builder()
                        .aliasName(r.aliasName())
                        .aliasArn(kms.arn("kms", r.aliasName()))
                        .targetKeyId(key.metadata.keyId())
                        .creationDate(kms.account.now())
                        .lastUpdatedDate(kms.account.now())
                        .build());
        return CreateAliasResponse.builder().build();
    }

    UpdateAliasResponse updateAlias(UpdateAliasRequest r) {
        StoredKey key = kms.notPending(r.targetKeyId());
        kms.aliases.update(
                r.aliasName(),
                a -> a.toBuilder()
                        .targetKeyId(key.metadata.keyId())
                        .lastUpdatedDate(kms.account.now())
                        .build());
        return UpdateAliasResponse.builder().build();
    }

    DeleteAliasResponse deleteAlias(DeleteAliasRequest r) {
        kms.aliases.get(r.aliasName());
        kms.aliases.remove(r.aliasName());
        return DeleteAliasResponse.builder().build();
    }

    ListAliasesResponse listAliases(ListAliasesRequest r) {
        List<AliasListEntry> found = new ArrayList<>();
        if (r.keyId() == null) {
            found.addAll(kms.aliases.all());
        } else {
            String id = kms.get(r.keyId()).metadata.keyId();
            kms.aliases.where(a -> id.equals(a.targetKeyId())).forEach(found::add);
        }
        Page<AliasListEntry> page = Page.of(found, r.limit(), r.marker(), kms.account.pageSize());
        return ListAliasesResponse.builder()
                .aliases(page.items())
                .truncated(page.truncated())
                .nextMarker(page.next())
                .build();
    }
}
