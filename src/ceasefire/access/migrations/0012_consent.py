"""Releases of information, and the notices that one was taken back."""

import ceasefire.access.sealing.fields
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

# What was taken back never stands again, whoever writes.
GUARD = """
CREATE FUNCTION wall.consent_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at THEN
        RAISE check_violation USING MESSAGE = 'what was taken back stays taken back';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER taken_back_for_good BEFORE UPDATE ON access_consent
    FOR EACH ROW EXECUTE FUNCTION wall.consent_guard();
"""
UNGUARD = """
DROP TRIGGER taken_back_for_good ON access_consent;
DROP FUNCTION wall.consent_guard();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0011_audiences"),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sealed_with', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Binds each sealed value to this row.', unique=True)),
                ('person_key', models.CharField(max_length=120)),
                ('recipient_outside', ceasefire.access.sealing.fields.SealedTextField(blank=True, null=True, room='services')),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('purpose', ceasefire.access.sealing.fields.SealedTextField(room='services')),
                ('answer', models.CharField(choices=[('agreed', 'Agreed'), ('declined', 'Declined')], max_length=8)),
                ('voice', models.CharField(choices=[('person', 'The person'), ('guardian', 'A parent or guardian')], max_length=8)),
                ('guardian_needed', models.BooleanField(default=False)),
                ('given_on', models.DateField()),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('method', models.CharField(blank=True, choices=[('paper', 'Signed on paper'), ('screen', 'Name typed on this screen'), ('spoken', 'Said aloud before a witness')], default='', max_length=6)),
                ('signature', ceasefire.access.sealing.fields.SealedTextField(blank=True, null=True, room='services')),
                ('witness', ceasefire.access.sealing.fields.SealedTextField(blank=True, null=True, room='services')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_how', models.CharField(blank=True, choices=[('in_person', 'In person'), ('phone', 'By telephone'), ('message', 'By a message'), ('letter', 'By letter'), ('others', 'Through somebody else')], default='', max_length=9)),
                ('discloser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('record_key', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.recordkey')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-recorded_at', '-id'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('person_key__regex', '^[a-z0-9_]+\\.[a-z0-9_]+:[1-9][0-9]{0,17}$')), name='consent_names_a_person'),
                    models.CheckConstraint(condition=models.Q(models.Q(('recipient', None), ('recipient_outside__isnull', False)), models.Q(('recipient__isnull', False), ('recipient_outside__isnull', True)), _connector='OR'), name='consent_has_one_recipient'),
                    models.CheckConstraint(condition=models.Q(('recipient', None), models.Q(('recipient', models.F('discloser')), _negated=True), _connector='OR'), name='consent_tells_somebody_else'),
                    models.CheckConstraint(condition=models.Q(('scopes__len__gte', 1)), name='consent_says_what_it_covers'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answer', 'declined'), ('expires_on', None)), models.Q(('answer', 'agreed'), ('expires_on__gte', models.F('given_on')), ('expires_on__isnull', False), ('expires_on__lte', models.Func(models.F('given_on'), output_field=models.DateTimeField(), template="(%(expressions)s + interval '12 months')"))), _connector='OR'), name='consent_ends_within_twelve_months'),
                    models.CheckConstraint(condition=models.Q(('answer', 'declined'), models.Q(('method__in', ['paper', 'screen']), ('signature__isnull', False)), models.Q(('method', 'spoken'), ('witness__isnull', False)), _connector='OR'), name='consent_is_signed_or_witnessed'),
                    models.CheckConstraint(condition=models.Q(('voice', 'person'), models.Q(('guardian_needed', True), ('voice', 'guardian')), _connector='OR'), name='a_guardian_speaks_for_a_minor'),
                    models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None), ('revoked_how', '')), models.Q(('revoked_at__isnull', False), models.Q(('revoked_how', ''), _negated=True)), _connector='OR'), name='consent_taken_back_says_how'),
                ],
                'indexes': [
                    models.Index(fields=['recipient', 'person_key'], name='consent_to_a_recipient'),
                    models.Index(fields=['discloser', 'person_key'], name='consent_of_a_person'),
                    models.Index(fields=['discloser', 'expires_on'], name='consent_by_its_last_day'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ConsentNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.agency')),
                ('consent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='access.consent')),
                ('seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [
                    models.UniqueConstraint(fields=('consent',), name='one_notice_of_a_consent'),
                    models.CheckConstraint(condition=models.Q(models.Q(('seen_at', None), ('seen_by', None)), ('seen_at__isnull', False), _connector='OR'), name='seen_notice_says_by_whom'),
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
