/** KMS: keys, their aliases and grants, and who may use them. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.kms;

import org.jspecify.annotations.NullMarked;
