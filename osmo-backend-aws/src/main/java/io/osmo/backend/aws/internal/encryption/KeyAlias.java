// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The name of the key for people and for us: aliases have no tags, so the name makes it ours. */
public final class KeyAlias extends AwsResource<ObservedAlias> {
    public static final ResourceId ID = ResourceId.of("kms-alias", "main");

    KeyAlias(AwsContext aws) {
        super(aws, ID, ObservedAlias.class, Set.of(EncryptionKey.ID), Timing.quick(), "KMS alias " + name(aws));
    }

    /** Name of the alias, the same for every key that the backend may have over time. */
    public static String name(AwsContext aws) {
        return "alias/osmo-backend/" + aws.name();
    }

    @Override
    public Optional<ObservedAlias> read(State state) {
        return EncryptionKey.describe(aws, name(aws)).map(key -> new ObservedAlias(name(aws), key.keyId()));
    }

    @Override
    public List<FieldChange> compare(ObservedAlias observed, State state) {
        Optional<String> key = state.find(EncryptionKey.ID, ObservedKey.class).map(ObservedKey::id);
        return key.equals(Optional.of(observed.keyId()))
                ? List.of()
                : List.of(FieldChange.inPlace("targetKeyId", observed.keyId(), EncryptionKey.ID));
    }

    @Override
    public ObservedAlias create(State state) {
        String key = state.require(EncryptionKey.ID, ObservedKey.class).id();
        aws.call(
                "kms:CreateAlias",
                () -> aws.clients()
                        .kms()
                        .createAlias(r -> r.aliasName(name(aws)).targetKeyId(key)));
        return new ObservedAlias(name(aws), key);
    }

    @Override
    public void update(ObservedAlias observed, List<FieldChange> changes, State state) {
        String key = state.require(EncryptionKey.ID, ObservedKey.class).id();
        aws.call(
                "kms:UpdateAlias",
                () -> aws.clients()
                        .kms()
                        .updateAlias(r -> r.aliasName(name(aws)).targetKeyId(key)));
    }

    @Override
    public void delete(ObservedAlias observed, State state) {
        aws.delete("kms:DeleteAlias", () -> aws.clients().kms().deleteAlias(r -> r.aliasName(observed.name())));
    }
}
