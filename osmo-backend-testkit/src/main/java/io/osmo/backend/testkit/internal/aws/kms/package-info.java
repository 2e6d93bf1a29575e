/** KMS: keys and their aliases. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.kms;

import org.jspecify.annotations.NullMarked;
