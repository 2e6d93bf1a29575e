// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.kms;

import io.osmo.backend.testkit.internal.Table;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import io.osmo.backend.testkit.internal.aws.AwsService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kms.model.*;

/** KMS in one region. Keys are scheduled for deletion, never deleted at once. */
public final class Kms extends AwsService {
    final Table<StoredKey> keys;
    final Table<AliasListEntry> aliases;

    public Kms(AwsAccount account, String region) {
        super(account, region);
        this.keys = new Table<>(id -> notFound("Key '" + arn("kms", "key/" + id) + "' does not exist"));
        this.aliases = new Table<>(name -> notFound("Alias " + arn("kms", name) + " is not found."));
    }

    @Override
    public List<Object> operations() {
        return List.of(new Keys(this), new Aliases(this), new Grants(this));
    }

    /** Whether a key, given by ARN, exists and is enabled. */
    public boolean isUsable(String arn) {
        return find(arn)
                .filter(key -> Boolean.TRUE.equals(key.metadata.enabled()))
                .isPresent();
    }

    /** Whether a role may start instances with disks that a key encrypts. */
    public boolean mayLaunch(String arn, String role) {
        return find(arn).filter(key -> KeyPermissions.mayLaunch(key, role)).isPresent();
    }

    /** Tags of all keys by ARN, for the tagging API. */
    public Map<String, Map<String, String>> tagsByArn() {
        Map<String, Map<String, String>> tags = new TreeMap<>();
        keys.all().forEach(key -> tags.put(key.metadata.arn(), Map.copyOf(key.tags)));
        return tags;
    }

    /** Tags of a key by id, ARN or alias; empty if there is none. */
    public Optional<Map<String, String>> tagsOf(String name) {
        return find(name).map(key -> Map.copyOf(key.tags));
    }

    /** Puts a key into a state that no call can produce: that of its key store. */
    public void plantState(String name, String state) {
        StoredKey key = get(name);
        key.metadata = key.metadata.toBuilder().keyState(state).enabled(false).build();
    }

    @Override
    public List<String> inventory() {
        List<String> lines = new ArrayList<>();
        keys.all().forEach(key -> lines.add("key " + key.metadata.keyStateAsString() + " rotation " + key.rotation));
        aliases.all().forEach(alias -> lines.add("alias " + alias.aliasName()));
        return lines;
    }

    /** A key by id, ARN or alias. */
    private Optional<StoredKey> find(String name) {
        if (name.contains("alias/")) {
            return aliases.find(name.substring(name.indexOf("alias/"))).flatMap(a -> keys.find(a.targetKeyId()));
        }
        return keys.find(name.substring(name.lastIndexOf('/') + 1));
    }

    StoredKey get(String name) {
        return find(name)
                .orElseGet(() -> name.contains("alias/")
                        ? keys.get(aliases.get(name.substring(name.indexOf("alias/")))
                                .targetKeyId())
                        : keys.get(name.substring(name.lastIndexOf('/') + 1)));
    }

    StoredKey notPending(String name) {
        StoredKey key = get(name);
        if (key.metadata.keyState() == KeyState.PENDING_DELETION) {
            throw invalidState(key, "is pending deletion.");
        }
        return key;
    }

    StoredKey usable(String name) {
        StoredKey key = notPending(name);
        if (key.metadata.keyState() == KeyState.DISABLED) {
            throw refuse(DisabledException.builder(), "DisabledException", key.metadata.arn() + " is disabled.");
        }
        return key;
    }

    static AwsServiceException invalidState(StoredKey key, String what) {
        return refuse(KmsInvalidStateException.builder(), "KMSInvalidStateException", key.metadata.arn() + " " + what);
    }

    private static AwsServiceException notFound(String message) {
        return refuse(NotFoundException.builder(), "NotFoundException", message);
    }

    static AwsServiceException refuse(AwsServiceException.Builder builder, String code, String message) {
        return AwsErrors.of(builder, "Kms", 400, code, message);
    }
}
