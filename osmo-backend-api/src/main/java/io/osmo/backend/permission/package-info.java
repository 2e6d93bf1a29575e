/** What the credentials of a host have to be allowed to do in a cloud, and policies that allow just that. */
@NullMarked
package io.osmo.backend.permission;

import org.jspecify.annotations.NullMarked;
