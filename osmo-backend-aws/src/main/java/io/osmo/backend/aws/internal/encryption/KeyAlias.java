// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.encryption;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.AwsResource;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The alias of the key. Aliases have no tags, so the name shows that it is the backend's. */
public final class KeyAlias extends AwsResource<ObservedAlias> implements Resource<ObservedAlias> {
    public static final ResourceId ID = ResourceId.of("kms-alias", "main");

    /** What the calls below need. */
    public static final Needs NEEDS = Needs.of(ID.kind())
            .read("kms:DescribeKey")
            .create("kms:CreateAlias")
            .update("kms:UpdateAlias")
            .destroy("kms:DeleteAlias");

    KeyAlias(AwsContext context) {
        super(context, ID, ObservedAlias.class, Set.of(EncryptionKey.ID), Timing.quick(), "KMS alias " + name(context));
    }

    /** Name of the alias, the same for every key that the backend may have over time. */
    public static String name(AwsContext context) {
        return "alias/osmo-backend/" + context.name();
    }

    @Override
    public String cloudId() {
        return name(context);
    }

    @Override
    public Optional<ObservedAlias> read(State state) {
        return EncryptionKey.describe(context, name(context)).map(key -> new ObservedAlias(name(context), key.keyId()));
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
        context.call(
                "kms:CreateAlias",
                () -> context.kms().createAlias(r -> r.aliasName(name(context)).targetKeyId(key)));
        return new ObservedAlias(name(context), key);
    }

    @Override
    public void update(ObservedAlias observed, List<FieldChange> changes, State state) {
        String key = state.require(EncryptionKey.ID, ObservedKey.class).id();
        context.call(
                "kms:UpdateAlias",
                () -> context.kms().updateAlias(r -> r.aliasName(name(context)).targetKeyId(key)));
    }

    @Override
    public void delete(ObservedAlias observed, State state) {
        context.delete("kms:DeleteAlias", () -> context.kms().deleteAlias(r -> r.aliasName(observed.name())));
    }
}
